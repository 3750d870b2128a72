/** The job: options, topology, preflight checks and {@code main}. */
@NullMarked
package io.embeddingexport.job;

import org.jspecify.annotations.NullMarked;
