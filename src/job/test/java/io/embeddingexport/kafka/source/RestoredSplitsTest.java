package io.embeddingexport.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RestoredSplitsTest {

  private static PartitionSplit split(int partition, long next) {
    return new PartitionSplit(
        new TopicPartition("events", partition), next, PartitionSplit.NEVER, "m", true, false);
  }

  @Test
  void aPartitionThatStartsElsewhereThanItsCheckpointSaysSo() {
    List<ReaderInfo> readers =
        List.of(
            ReaderInfo.createReaderInfo(0, "a", List.of(split(0, 5), split(1, 6))),
            ReaderInfo.createReaderInfo(1, "b", List.of(split(2, 7))));

    assertThat(
            RestoredSplits.compare(
                "g", readers, List.of(split(0, 5), split(1, 60), split(2, 3), split(3, 0))))
        .containsExactly(
            split(0, 5), split(1, 60).offCheckpoint(), split(2, 3).offCheckpoint(), split(3, 0));
  }

  @Test
  void withoutACheckpointThereIsNothingToCompare() {
    assertThat(RestoredSplits.compare("g", List.of(new ReaderInfo(0, "a")), List.of(split(0, 5))))
        .containsExactly(split(0, 5));
  }
}
