package io.embeddingexport.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.flink.types.PartitionStart;
import io.embeddingexport.kafka.positions.TopicState;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class PartitionSplitSerializerTest {
  private static final PartitionSplit SPLIT = split(12, "m");

  private static final String BYTES =
      "00066576656e7473" // events
          + "00000003"
          + "000000000000000c"
          + "7fffffffffffffff"
          + "00016d" // m
          + "01";

  private final PartitionSplitSerializer serializer = new PartitionSplitSerializer();

  @Property
  void whatIsWrittenIsRead(
      @ForAll @StringLength(max = 249) String topic,
      @ForAll int partition,
      @ForAll long next,
      @ForAll long stop,
      @ForAll @StringLength(max = 4096) String marker,
      @ForAll boolean isRead,
      @ForAll boolean isOffCheckpoint)
      throws IOException {
    PartitionSplit split =
        new PartitionSplit(
            new TopicPartition(topic, partition), next, stop, marker, isRead, isOffCheckpoint);

    assertThat(serializer.deserialize(serializer.getVersion(), serializer.serialize(split)))
        .isEqualTo(split);
  }

  @Test
  void version1ShouldStayReadableAndBeWhatIsWritten() throws IOException {
    assertThat(serializer.getVersion()).isEqualTo(1);
    assertThat(serializer.serialize(SPLIT)).isEqualTo(HexFormat.of().parseHex(BYTES));
    assertThat(serializer.deserialize(1, HexFormat.of().parseHex(BYTES))).isEqualTo(SPLIT);
  }

  @Test
  void aCheckpointDoesNotKeepWhetherAnEarlierOneDiffered() throws IOException {
    assertThat(serializer.serialize(SPLIT.offCheckpoint()))
        .isEqualTo(HexFormat.of().parseHex(BYTES.substring(0, BYTES.length() - 2) + "03"));
    assertThat(SPLIT.offCheckpoint().at(12)).isEqualTo(SPLIT);
  }

  @Test
  void aVersionOfALaterReleaseIsRefused() {
    assertThatThrownBy(() -> serializer.deserialize(2, HexFormat.of().parseHex(BYTES)))
        .isInstanceOf(IOException.class)
        .hasMessage("a split in format version 2; this release reads 1");
  }

  @Test
  void bytesThatEndTooEarlyAreRefused() throws IOException {
    byte[] bytes = serializer.serialize(SPLIT);

    assertThatThrownBy(() -> serializer.deserialize(1, Arrays.copyOf(bytes, 20)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aSplitIsNamedAfterItsPartitionAndStartsWhereItStands() {
    assertThat(SPLIT.splitId()).isEqualTo("events-3");
    String marker = FakeStarts.MARKER.text();
    assertThat(split(12, marker).start())
        .isEqualTo(
            new PartitionStart("events", 3, FakeStarts.MARKER.topicId().toString(), 12, marker));
    assertThat(SPLIT.at(40)).isEqualTo(split(40, "m"));
  }

  @Test
  void ofATopicThatWasCreatedAnewItStartsAtTheBeginning() {
    TopicState anew = new TopicState("events", new Uuid(5, 6), 4);
    PartitionSplit split = split(12, FakeStarts.MARKER.text());
    assertThat(split.isOf(anew)).isFalse();

    PartitionSplit after = split.createdAnew(anew);

    assertThat(after.isOf(anew)).isTrue();
    assertThat(after).isEqualTo(split(0, FakeStarts.MARKER.withTopicId(new Uuid(5, 6)).text()));
  }

  private static PartitionSplit split(long next, String marker) {
    return new PartitionSplit(
        new TopicPartition("events", 3), next, PartitionSplit.NEVER, marker, true, false);
  }
}
