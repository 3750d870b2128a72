package io.embeddingexport.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.export.KeyConfigId;
import io.embeddingexport.export.Outcome;
import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.export.Outcome.Skipped;
import io.embeddingexport.export.Outcome.Tombstone;
import io.embeddingexport.flink.types.Decision;
import io.embeddingexport.flink.types.Envelope;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SingleTopicTest {
  private static final Envelope INPUT =
      new Envelope(new byte[] {1}, null, Envelope.NO_HEADERS, 5, "in", 0, 9);
  private static final Outcome EXPORTED =
      new Exported(new byte[] {0}, 1, new KeyConfigId("m", 1), "own");

  private static @Nullable ProducerRecord<byte[], byte[]> message(
      OutputTopics topics, Outcome outcome) {
    return new OutputMessages(topics, OutputPartitions.BY_KEY, List.of())
        .of(new Decision(INPUT, outcome));
  }

  @Test
  void aModelsOwnTopicCountsUnlessThereIsToBeOneTopic() {
    OutputTopics several = new OutputTopics("records", "letters");
    OutputTopics single = new OutputTopics("records", "letters", true);

    assertThat(message(several, EXPORTED).topic()).isEqualTo("own");
    assertThat(message(several, new Tombstone("own")).topic()).isEqualTo("own");
    assertThat(message(single, EXPORTED).topic()).isEqualTo("records");
    assertThat(message(single, new Tombstone("own")).topic()).isEqualTo("records");
  }

  @Test
  void whatIsSkippedGivesNoMessage() {
    assertThat(message(new OutputTopics("records", "letters"), Skipped.INSTANCE)).isNull();
  }
}
