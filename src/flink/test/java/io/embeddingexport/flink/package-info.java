@NullMarked
package io.embeddingexport.flink;

import org.jspecify.annotations.NullMarked;
