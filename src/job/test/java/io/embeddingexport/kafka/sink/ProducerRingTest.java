package io.embeddingexport.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;

class ProducerRingTest {
  private final RecordingProducers producers = new RecordingProducers();
  private final ProducerRing ring = new ProducerRing(producers);

  @Test
  void aRingBeginsWithoutProducers() {
    assertThat(ring.size()).isZero();
    assertThat(producers.all).isEmpty();
  }

  @Test
  void whereNoneIsFreeThereIsOneMoreThatFencesWhoHadItsId() {
    Producer<byte[], byte[]> first = ring.take();
    Producer<byte[], byte[]> second = ring.take();

    assertThat(producers.all)
        .containsExactly(
            (RecordingProducers.Recording) first, (RecordingProducers.Recording) second);
    assertThat(producers.all).allMatch(producer -> producer.transactionInitialized());
    assertThat(ring.size()).isEqualTo(2);
  }

  @Test
  void theOneThatHasBeenFreeForLongestIsNext() {
    Producer<byte[], byte[]> first = ring.take();
    Producer<byte[], byte[]> second = ring.take();
    ring.release(second);
    ring.release(first);

    assertThat(ring.take()).isSameAs(second);
    assertThat(ring.take()).isSameAs(first);
    assertThat(ring.size()).isEqualTo(2);
  }

  @Test
  void aCloseEndsAllWhetherTheyAreFreeOrNot() {
    ring.take();
    ring.release(ring.take());
    ring.close();

    assertThat(producers.all).hasSize(2).allMatch(producer -> producer.closed());
  }
}
