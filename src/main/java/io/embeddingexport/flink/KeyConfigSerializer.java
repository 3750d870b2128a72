package io.embeddingexport.flink;

import io.embeddingexport.keys.KeyConfig;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Key configs in state: their canonical JSON, which a person can read in a savepoint and a later
 * release can parse.
 *
 * <pre>
 * config = length:i32 byte*      JSON in UTF-8
 * </pre>
 */
final class KeyConfigSerializer extends ValueSerializer<KeyConfig> {
  private static final long serialVersionUID = 1;

  static final KeyConfigSerializer INSTANCE = new KeyConfigSerializer();

  private static final int FORMAT = 1;

  private KeyConfigSerializer() {}

  @Override
  public KeyConfig createInstance() {
    return new KeyConfig("", 1, List.of(), null, null, null);
  }

  @Override
  public void serialize(KeyConfig config, DataOutputView out) throws IOException {
    BoundedBytes.writeText(KeyConfigJson.write(config), out);
  }

  @Override
  public KeyConfig deserialize(DataInputView in) throws IOException {
    return KeyConfigJson.read("operator state", BoundedBytes.readText(in));
  }

  private Object readResolve() {
    return INSTANCE;
  }

  @Override
  public TypeSerializerSnapshot<KeyConfig> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Public for Flink, which makes it by its name. */
  public static final class Snapshot extends VersionedSnapshot<KeyConfig> {
    public Snapshot() {
      super(FORMAT, INSTANCE);
    }
  }
}
