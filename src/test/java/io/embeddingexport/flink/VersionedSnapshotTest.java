package io.embeddingexport.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The snapshots of the serializers, as Flink frames them: {@code class:utf version:i32}. */
class VersionedSnapshotTest {

  static Stream<Arguments> serializers() {
    return Stream.of(
        Arguments.of(
            KeyConfigSerializer.INSTANCE,
            "0035 \"io.embeddingexport.flink.KeyConfigSerializer$Snapshot\"",
            2),
        Arguments.of(
            EnvelopeSerializer.INSTANCE,
            "0034 \"io.embeddingexport.flink.EnvelopeSerializer$Snapshot\"",
            1),
        Arguments.of(
            DecisionSerializer.INSTANCE,
            "0034 \"io.embeddingexport.flink.DecisionSerializer$Snapshot\"",
            3));
  }

  @ParameterizedTest
  @MethodSource("serializers")
  <T> void everyVersionShouldStayReadableAndTheLastBeWhatIsWritten(
      TypeSerializer<T> serializer, String snapshotClass, int format) throws IOException {
    byte[] version1 = Fixture.bytes(snapshotClass + "00000001");
    byte[] last = Fixture.bytes(snapshotClass + "0000000" + format);

    TypeSerializerSnapshot<T> read =
        TypeSerializerSnapshot.readVersionedSnapshot(
            Fixture.input(version1), getClass().getClassLoader());
    assertThat(read.restoreSerializer()).isSameAs(serializer);
    assertThat(
            serializer.snapshotConfiguration().resolveSchemaCompatibility(read).isCompatibleAsIs())
        .isTrue();
    assertThat(
            Fixture.written(
                out ->
                    TypeSerializerSnapshot.writeVersionedSnapshot(
                        out, serializer.snapshotConfiguration())))
        .isEqualTo(last);
  }

  @ParameterizedTest
  @MethodSource("serializers")
  void givenALaterVersionThenTheErrorNamesItAndTheRemedy(
      TypeSerializer<?> serializer, String snapshotClass, int format) {
    byte[] later = Fixture.bytes(snapshotClass + "0000000" + (format + 1));

    assertThatThrownBy(
            () ->
                TypeSerializerSnapshot.readVersionedSnapshot(
                    Fixture.input(later), getClass().getClassLoader()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(
            "format version " + (format + 1) + " of " + serializer.getClass().getSimpleName())
        .hasMessageContaining("reads 1 to " + format)
        .hasMessageContaining("a later one");
  }
}
