/** The job: its topology, and {@code main}. */
@NullMarked
package io.embeddingexport.job;

import org.jspecify.annotations.NullMarked;
