package io.embeddingexport.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.TensorEncoding;
import io.embeddingexport.flink.types.SnapshotFormats;
import io.embeddingexport.flink.types.StoredBytes;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeySpec;
import io.embeddingexport.keys.KeySpec.NonFinite;
import io.embeddingexport.keys.ModelState;
import io.embeddingexport.keys.RetiredModel;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.junit.jupiter.api.Test;

class KeyConfigSerializerTest extends SerializerTestBase<StoredKeyConfig> {

  /** What {@code key-config-v1.hex} says. */
  private static final KeyConfig FULL =
      new KeyConfig(
          "user",
          9_007_199_254_740_993L,
          List.of(
              new KeySpec(
                  "embedding",
                  Long.MIN_VALUE,
                  DataType.FLOAT,
                  Shape.of(2, Shape.ANY),
                  TensorEncoding.FLOAT,
                  false,
                  NonFinite.REJECT),
              new KeySpec(
                  "tägs",
                  5,
                  DataType.STRING,
                  Shape.SCALAR,
                  TensorEncoding.STRING,
                  true,
                  NonFinite.ACCEPT)),
          -3L,
          4L,
          "records");

  @Override
  protected TypeSerializer<StoredKeyConfig> createSerializer() {
    return KeyConfigSerializer.INSTANCE;
  }

  @Override
  protected int getLength() {
    return -1;
  }

  @Override
  protected Class<StoredKeyConfig> getTypeClass() {
    return StoredKeyConfig.class;
  }

  @Override
  protected StoredKeyConfig[] getTestData() {
    return new StoredKeyConfig[] {
      new StoredKeyConfig(FULL),
      new StoredKeyConfig(KeyConfigSamples.vector("item", 1)),
      new StoredKeyConfig(new RetiredModel("old", 3, null)),
      new StoredKeyConfig(new RetiredModel("old", Long.MAX_VALUE, "records"))
    };
  }

  @Test
  void theSnapshotStaysReadableAndALaterOneIsRefused() throws IOException {
    String snapshot = "0035 \"io.embeddingexport.flink.KeyConfigSerializer$Snapshot\"";
    SnapshotFormats.assertReadable(KeyConfigSerializer.INSTANCE, snapshot, 2);
    SnapshotFormats.assertLaterRefused(KeyConfigSerializer.INSTANCE, snapshot, 2);
  }

  @Test
  void version1ShouldStayReadable() throws IOException {
    assertThat(
            KeyConfigSerializer.INSTANCE
                .deserialize(StoredBytes.input(StoredBytes.read("key-config-v1.hex")))
                .entry())
        .isEqualTo(FULL);
  }

  @Test
  void version2ShouldStayReadableAndBeWhatIsWritten() throws IOException {
    assertFormat("key-config-v1.hex", FULL);
    assertFormat(
        "retired-model-v2.hex", new RetiredModel("müde", 9_007_199_254_740_993L, "records"));
    assertFormat("retired-model-null-v2.hex", new RetiredModel("old", 0, null));
  }

  private static void assertFormat(String file, ModelState entry) throws IOException {
    byte[] bytes = StoredBytes.read(file);
    DataInputDeserializer in = StoredBytes.input(bytes);

    assertThat(KeyConfigSerializer.INSTANCE.deserialize(in).entry()).isEqualTo(entry);
    assertThat(in.available()).as("bytes left").isZero();
    StoredKeyConfig stored = new StoredKeyConfig(entry);
    assertThat(StoredBytes.written(out -> KeyConfigSerializer.INSTANCE.serialize(stored, out)))
        .isEqualTo(bytes);
    assertThat(StoredBytes.written(out -> KeyConfigSerializer.INSTANCE.serialize(stored, out)))
        .as("written again")
        .isEqualTo(bytes);
  }

  @Test
  void givenStateThatIsNoKeyConfigThenTheErrorSaysWhereItStood() {
    assertThatThrownBy(
            () ->
                KeyConfigSerializer.INSTANCE.deserialize(
                    StoredBytes.input(StoredBytes.bytes("00000002 \"{}\""))))
        .isInstanceOf(IOException.class)
        .hasMessage("operator state: a key config without 'keys'");
  }

  @Test
  void givenALengthThatIsNotTrueThenTheReadFailsWithoutAllocatingIt() {
    assertThatThrownBy(() -> read("7FFFFFFF \"{}\""))
        .isInstanceOf(EOFException.class)
        .hasMessageContaining("2147483647")
        .hasMessageContaining("only 2 follow");
    assertThatThrownBy(() -> read("FFFFFFFE"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("-2")
        .hasMessageContaining("corrupt");
    assertThatThrownBy(() -> read("FFFFFFFF 7FFFFFFF \"old\"")).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> read("FFFFFFFF FFFFFFFF"))
        .as("a retired model has a name")
        .isInstanceOf(IOException.class)
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> read("FFFFFFFF 00000003 \"old\" 00")).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> read("FFFFFFFF 00000003 \"old\" 0000000000000001 00000005 \"re\""))
        .isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> read("0000")).isInstanceOf(EOFException.class);
  }

  private static StoredKeyConfig read(String hex) throws IOException {
    return KeyConfigSerializer.INSTANCE.deserialize(StoredBytes.input(StoredBytes.bytes(hex)));
  }
}
