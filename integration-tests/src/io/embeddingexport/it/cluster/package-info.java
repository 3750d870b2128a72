/** The job jar on a Flink cluster of real processes, as a user runs it. */
@NullMarked
package io.embeddingexport.it.cluster;

import org.jspecify.annotations.NullMarked;
