/**
 * DataRecord bytes to values and back, bounded and fast.
 *
 * <p>This package knows the wire format and nothing else: not key configs, not events, not Flink or
 * Kafka. It depends on the JDK alone; libthrift's generated classes are the reference its tests
 * hold it to.
 */
@NullMarked
package io.embeddingexport.datarecord;

import org.jspecify.annotations.NullMarked;
