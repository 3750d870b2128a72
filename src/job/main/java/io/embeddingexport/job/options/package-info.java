/**
 * The job's options: their names and texts, the file they come from, and the settings they give.
 */
@NullMarked
package io.embeddingexport.job.options;

import org.jspecify.annotations.NullMarked;
