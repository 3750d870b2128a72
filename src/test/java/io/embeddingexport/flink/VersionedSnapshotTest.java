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
            "0035 \"io.embeddingexport.flink.KeyConfigSerializer$Snapshot\""),
        Arguments.of(
            EnvelopeSerializer.INSTANCE,
            "0034 \"io.embeddingexport.flink.EnvelopeSerializer$Snapshot\""),
        Arguments.of(
            DecisionSerializer.INSTANCE,
            "0034 \"io.embeddingexport.flink.DecisionSerializer$Snapshot\""));
  }

  @ParameterizedTest
  @MethodSource("serializers")
  <T> void version1ShouldStayReadableAndBeWhatIsWritten(
      TypeSerializer<T> serializer, String snapshotClass) throws IOException {
    byte[] version1 = Fixture.bytes(snapshotClass + "00000001");

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
        .isEqualTo(version1);
  }

  @ParameterizedTest
  @MethodSource("serializers")
  void givenALaterVersionThenTheErrorNamesItAndTheRemedy(
      TypeSerializer<?> serializer, String snapshotClass) {
    byte[] version2 = Fixture.bytes(snapshotClass + "00000002");

    assertThatThrownBy(
            () ->
                TypeSerializerSnapshot.readVersionedSnapshot(
                    Fixture.input(version2), getClass().getClassLoader()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("format version 2 of " + serializer.getClass().getSimpleName())
        .hasMessageContaining("reads 1 to 1")
        .hasMessageContaining("a later one");
  }
}
