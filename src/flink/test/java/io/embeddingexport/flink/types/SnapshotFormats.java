package io.embeddingexport.flink.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Laws for the snapshot of each of our serializers. */
public final class SnapshotFormats {

  /**
   * Format versions 1 to {@code format} are read, and {@code format} is written.
   *
   * @param snapshotClass its name, as Java's {@code writeUTF} writes it, in hex
   */
  public static <T> void assertReadable(
      TypeSerializer<T> serializer, String snapshotClass, int format) throws IOException {
    for (int version = 1; version <= format; version++) {
      TypeSerializerSnapshot<T> read =
          TypeSerializerSnapshot.readVersionedSnapshot(
              StoredBytes.input(StoredBytes.bytes(snapshotClass + "0000000" + version)),
              SnapshotFormats.class.getClassLoader());
      assertThat(read.restoreSerializer()).isSameAs(serializer);
      assertThat(
              serializer
                  .snapshotConfiguration()
                  .resolveSchemaCompatibility(read)
                  .isCompatibleAsIs())
          .isTrue();
    }
    assertThat(
            StoredBytes.written(
                out ->
                    TypeSerializerSnapshot.writeVersionedSnapshot(
                        out, serializer.snapshotConfiguration())))
        .isEqualTo(StoredBytes.bytes(snapshotClass + "0000000" + format));
  }

  /** A later format version is refused, with the remedy. */
  public static void assertLaterRefused(
      TypeSerializer<?> serializer, String snapshotClass, int format) {
    byte[] later = StoredBytes.bytes(snapshotClass + "0000000" + (format + 1));

    assertThatThrownBy(
            () ->
                TypeSerializerSnapshot.readVersionedSnapshot(
                    StoredBytes.input(later), SnapshotFormats.class.getClassLoader()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(
            "format version " + (format + 1) + " of " + serializer.getClass().getSimpleName())
        .hasMessageContaining("reads 1 to " + format)
        .hasMessageContaining("a later one");
  }

  private SnapshotFormats() {}
}
