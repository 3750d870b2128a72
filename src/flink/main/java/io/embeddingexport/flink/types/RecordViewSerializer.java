package io.embeddingexport.flink.types;

import io.embeddingexport.datarecord.DataRecordReader;
import io.embeddingexport.datarecord.DataRecordView;
import io.embeddingexport.datarecord.DataRecordWriter;
import io.embeddingexport.datarecord.MalformedRecordException;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The bytes that records were read from.
 *
 * <pre>
 * value = length:i32 byte*      a DataRecord in TBinaryProtocol
 * </pre>
 */
final class RecordViewSerializer extends ValueSerializer<DataRecordView> {
  private static final long serialVersionUID = 1;

  static final RecordViewSerializer INSTANCE = new RecordViewSerializer();

  private static final int FORMAT = 1;

  private RecordViewSerializer() {}

  /** A record without features. */
  @Override
  public DataRecordView createInstance() {
    try {
      return DataRecordReader.read(new DataRecordWriter().write());
    } catch (MalformedRecordException e) {
      throw new IllegalStateException("the empty record cannot be read", e);
    }
  }

  @Override
  public void serialize(DataRecordView record, DataOutputView out) throws IOException {
    BoundedBytes.write(record.toBytes(), out);
  }

  @Override
  public DataRecordView deserialize(DataInputView in) throws IOException {
    byte[] bytes = BoundedBytes.read(in);
    try {
      return DataRecordReader.read(bytes);
    } catch (MalformedRecordException e) {
      throw new IOException(bytes.length + " bytes that are no DataRecord: " + e.getMessage(), e);
    }
  }

  private Object readResolve() {
    return INSTANCE;
  }

  @Override
  public TypeSerializerSnapshot<DataRecordView> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Public because Flink creates it by name. */
  public static final class Snapshot extends VersionedSnapshot<DataRecordView> {
    public Snapshot() {
      super(FORMAT, INSTANCE);
    }
  }
}
