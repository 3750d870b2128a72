package io.embeddingexport.flink;

import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigEntry;
import io.embeddingexport.keys.RetiredModel;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What is known of a model, in state. A key config is its canonical JSON, which a person can read
 * in a savepoint and a later release can parse.
 *
 * <pre>
 * entry   = config | retired
 * config  = length:i32 byte*                                             JSON in UTF-8
 * retired = -1:i32 model:text version:i64 output-topic:nullable-text     since format 2
 * </pre>
 *
 * Format 1 had configs only; it is read as it is.
 *
 * <p>10,000 models of 10 keys take 13 MB an instance. Flink writes them beside the task's thread,
 * in 43 ms on the machine of the project's measurements; the thread itself loses 1 to 3 ms.
 *
 * @see BoundedBytes
 */
final class KeyConfigSerializer extends ValueSerializer<KeyConfigEntry> {
  private static final long serialVersionUID = 2;

  static final KeyConfigSerializer INSTANCE = new KeyConfigSerializer();

  private static final int FORMAT = 2;

  private KeyConfigSerializer() {}

  @Override
  public KeyConfigEntry createInstance() {
    return new RetiredModel("", 0, null);
  }

  @Override
  public void serialize(KeyConfigEntry entry, DataOutputView out) throws IOException {
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
  public KeyConfigEntry deserialize(DataInputView in) throws IOException {
    String json = BoundedBytes.readNullableText(in);
    return json == null
        ? new RetiredModel(
            BoundedBytes.readText(in), in.readLong(), BoundedBytes.readNullableText(in))
        : KeyConfigJson.read("operator state", json);
  }

  private Object readResolve() {
    return INSTANCE;
  }

  @Override
  public TypeSerializerSnapshot<KeyConfigEntry> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Public for Flink, which makes it by its name. */
  public static final class Snapshot extends VersionedSnapshot<KeyConfigEntry> {
    public Snapshot() {
      super(FORMAT, INSTANCE);
    }
  }
}
