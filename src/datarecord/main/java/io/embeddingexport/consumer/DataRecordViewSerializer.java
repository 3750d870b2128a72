package io.embeddingexport.consumer;

import io.embeddingexport.datarecord.DataRecordView;
import io.embeddingexport.datarecord.DataRecordWriter;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a view's record again: the same fields in the same order, with one entry for each id. Null
 * stays null. Thread-safe.
 */
public final class DataRecordViewSerializer implements Serializer<DataRecordView> {
  @Override
  public byte @Nullable [] serialize(String topic, @Nullable DataRecordView record) {
    return record == null ? null : new DataRecordWriter().addAll(record).write();
  }
}
