package io.embeddingexport.export;

import io.embeddingexport.event.EventDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of each input: a record, a rejection or a tombstone. Never throws for what
 * the input holds. Not thread-safe: one a task.
 */
public final class Exporter {
  private final EventDecoder decoder;
  private final KeyConfigs keyConfigs;
  private final ExportLimits limits;

  public Exporter(EventDecoder decoder, KeyConfigs keyConfigs, ExportLimits limits) {
    this.decoder = decoder;
    this.keyConfigs = keyConfigs;
    this.limits = limits;
  }

  /**
   * Decides one input.
   *
   * @param value the event's bytes, or null for a tombstone
   * @param hasKey whether the input has a Kafka key
   */
  public Outcome export(byte @Nullable [] value, boolean hasKey) {
    throw new UnsupportedOperationException("to come");
  }
}
