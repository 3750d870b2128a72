/**
 * DataRecord bytes to values and back, bounded and fast.
 *
 * <p>This package knows only the wire format: not key configs, events, Flink or Kafka. It depends
 * on the JDK alone; its tests compare it with libthrift's generated classes.
 */
@NullMarked
package io.embeddingexport.datarecord;

import org.jspecify.annotations.NullMarked;
