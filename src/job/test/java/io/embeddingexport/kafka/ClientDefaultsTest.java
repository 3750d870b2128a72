package io.embeddingexport.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

/** Which properties clients have that the user has not set. */
class ClientDefaultsTest {

  @Test
  void theSinkShouldBatchAsTheDesignMeasured() {
    assertThat(ClientDefaults.SINK)
        .containsEntry("batch.size", "131072") // 128 KiB
        .containsEntry("linger.ms", "10")
        .containsEntry("buffer.memory", "67108864") // 64 MiB
        .containsEntry("max.request.size", "16777216") // 16 MiB
        .containsEntry("compression.type", "none")
        .containsEntry("send.buffer.bytes", "-1");
  }

  @Test
  void theSourceShouldFetchAndPollInLargePieces() {
    assertThat(ClientDefaults.SOURCE)
        .containsEntry("max.partition.fetch.bytes", "4194304") // 4 MiB
        .containsEntry("max.poll.records", "2000")
        .containsEntry("receive.buffer.bytes", "-1");
  }

  @Test
  void everyDefaultShouldBeAPropertyOfItsClient() {
    assertThat(ConsumerConfig.configNames()).containsAll(ClientDefaults.SOURCE.keySet());
    assertThat(ProducerConfig.configNames()).containsAll(ClientDefaults.SINK.keySet());
  }
}
