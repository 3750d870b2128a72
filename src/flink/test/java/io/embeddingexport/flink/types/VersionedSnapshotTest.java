package io.embeddingexport.flink.types;

import java.io.IOException;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The snapshots of the serializers, as Flink frames them: {@code class:utf version:i32}. */
class VersionedSnapshotTest {

  static Stream<Arguments> serializers() {
    return Stream.of(
        Arguments.of(
            EnvelopeSerializer.INSTANCE,
            "003a \"io.embeddingexport.flink.types.EnvelopeSerializer$Snapshot\"",
            1),
        Arguments.of(
            DecisionSerializer.INSTANCE,
            "003a \"io.embeddingexport.flink.types.DecisionSerializer$Snapshot\"",
            5));
  }

  @ParameterizedTest
  @MethodSource("serializers")
  void everyVersionShouldStayReadableAndTheLastBeWhatIsWritten(
      TypeSerializer<?> serializer, String snapshotClass, int format) throws IOException {
    SnapshotFormats.assertReadable(serializer, snapshotClass, format);
  }

  @ParameterizedTest
  @MethodSource("serializers")
  void givenALaterVersionThenTheErrorNamesItAndTheRemedy(
      TypeSerializer<?> serializer, String snapshotClass, int format) {
    SnapshotFormats.assertLaterRefused(serializer, snapshotClass, format);
  }
}
