/**
 * What the whole way from topic to topic costs, for this job and for what else could do it: every
 * contestant in a process of its own, against one broker, in turns, measured from outside.
 */
@NullMarked
package io.embeddingexport.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
