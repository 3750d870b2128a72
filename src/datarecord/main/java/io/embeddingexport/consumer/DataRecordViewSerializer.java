package io.embeddingexport.consumer;

import io.embeddingexport.datarecord.DataRecordView;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Writes the bytes that a view was read from. Null stays null. Thread-safe. */
public final class DataRecordViewSerializer implements Serializer<DataRecordView> {
  @Override
  public byte @Nullable [] serialize(String topic, @Nullable DataRecordView record) {
    return record == null ? null : record.toBytes();
  }
}
