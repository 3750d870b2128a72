/** Tests with real brokers and Flink clusters. */
@NullMarked
package io.embeddingexport.it;

import org.jspecify.annotations.NullMarked;
