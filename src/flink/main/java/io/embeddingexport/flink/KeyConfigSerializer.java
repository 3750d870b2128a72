package io.embeddingexport.flink;

import io.embeddingexport.flink.types.BoundedBytes;
import io.embeddingexport.flink.types.ValueSerializer;
import io.embeddingexport.flink.types.VersionedSnapshot;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigJson;
import io.embeddingexport.keys.ModelState;
import io.embeddingexport.keys.RetiredModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializes a model's state. A key config is its canonical JSON, readable by people in a savepoint
 * and by later releases.
 *
 * <pre>
 * entry   = config | retired
 * config  = length:i32 byte*                                             JSON in UTF-8
 * retired = -1:i32 model:text version:i64 output-topic:nullable-text     since format 2
 * </pre>
 *
 * Format 1 had configs only; it is still read.
 *
 * <p>10,000 models of 10 keys take 13 MB per instance. Flink writes them off the task's thread; the
 * first write took 43 ms on the project's benchmark machine, and the thread itself lost 1 to 3 ms.
 * {@link StoredKeyConfig} keeps the bytes for the next checkpoint.
 *
 * @see BoundedBytes
 */
final class KeyConfigSerializer extends ValueSerializer<StoredKeyConfig> {
  private static final long serialVersionUID = 2;

  static final KeyConfigSerializer INSTANCE = new KeyConfigSerializer();

  private static final int FORMAT = 2;
  private static final int FIRST_BYTES = 256;

  private KeyConfigSerializer() {}

  @Override
  public StoredKeyConfig createInstance() {
    return new StoredKeyConfig(new RetiredModel("", 0, null));
  }

  @Override
  public void serialize(StoredKeyConfig stored, DataOutputView out) throws IOException {
    out.write(stored.bytes());
  }

  static byte[] bytes(ModelState entry) {
    DataOutputSerializer out = new DataOutputSerializer(FIRST_BYTES);
    try {
      write(entry, out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
    return out.getCopyOfBuffer();
  }

  private static void write(ModelState entry, DataOutputView out) throws IOException {
    if (entry instanceof KeyConfig config) {
      BoundedBytes.writeText(KeyConfigJson.write(config), out);
    } else {
      RetiredModel retired = (RetiredModel) entry;
      BoundedBytes.writeNullableText(null, out);
      BoundedBytes.writeText(retired.model(), out);
      out.writeLong(retired.version());
      BoundedBytes.writeNullableText(retired.outputTopic(), out);
    }
  }

  @Override
  public StoredKeyConfig deserialize(DataInputView in) throws IOException {
    String json = BoundedBytes.readNullableText(in);
    return new StoredKeyConfig(
        json == null
            ? new RetiredModel(
                BoundedBytes.readText(in), in.readLong(), BoundedBytes.readNullableText(in))
            : config(json));
  }

  private static KeyConfig config(String json) throws IOException {
    try {
      return KeyConfigJson.read(json);
    } catch (IOException e) {
      throw new IOException("operator state: " + e.getMessage(), e);
    }
  }

  private Object readResolve() {
    return INSTANCE;
  }

  @Override
  public TypeSerializerSnapshot<StoredKeyConfig> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Public because Flink creates it by name. */
  public static final class Snapshot extends VersionedSnapshot<StoredKeyConfig> {
    public Snapshot() {
      super(FORMAT, INSTANCE);
    }
  }
}
