package io.embeddingexport.flink;

import io.embeddingexport.datarecord.DataRecordReader;
import io.embeddingexport.datarecord.DataRecordView;
import io.embeddingexport.datarecord.MalformedRecordException;
import io.embeddingexport.flink.types.DataRecordViewTypeInfo;
import java.io.IOException;
import java.io.ObjectInputStream;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the values of a record topic in a DataStream job. A null value, which deletes a
 * key, is no element.
 *
 * <p>Bytes that are no record fail the job, or are counted by {@code skippedRecords} and passed
 * over. Not thread-safe: Flink makes one for each task.
 */
@PublicEvolving
public final class DataRecordViewSchema
    implements DeserializationSchema<DataRecordView>, SerializationSchema<DataRecordView> {
  private static final long serialVersionUID = 1;

  private final boolean skipping;
  private transient Counter skipped = new SimpleCounter();

  private DataRecordViewSchema(boolean skipping) {
    this.skipping = skipping;
  }

  /** Throws where bytes are no record. */
  public static DataRecordViewSchema failing() {
    return new DataRecordViewSchema(false);
  }

  /** Passes over bytes that are no record. */
  public static DataRecordViewSchema skippingMalformed() {
    return new DataRecordViewSchema(true);
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    skipped = context.getMetricGroup().counter("skippedRecords");
  }

  @Override
  public void open(SerializationSchema.InitializationContext context) {
    // Writing needs nothing.
  }

  /**
   * A view of {@code value}, which must not change afterwards.
   *
   * @return null if {@code value} is null, or is no record and such are passed over
   * @throws IOException if {@code value} is no record, with the reason and the place in it
   */
  @Override
  public @Nullable DataRecordView deserialize(byte @Nullable [] value) throws IOException {
    if (value == null) {
      return null;
    }
    try {
      return DataRecordReader.read(value);
    } catch (MalformedRecordException e) {
      if (skipping) {
        skipped.inc();
        return null;
      }
      throw new IOException(
          "a value of "
              + value.length
              + " bytes is no DataRecord: "
              + e.getMessage()
              + "; DataRecordViewSchema.skippingMalformed() passes over such",
          e);
    }
  }

  @Override
  public byte[] serialize(DataRecordView record) {
    return record.toBytes();
  }

  @Override
  public boolean isEndOfStream(DataRecordView record) {
    return false;
  }

  @Override
  public TypeInformation<DataRecordView> getProducedType() {
    return DataRecordViewTypeInfo.INSTANCE;
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    skipped = new SimpleCounter();
  }
}
