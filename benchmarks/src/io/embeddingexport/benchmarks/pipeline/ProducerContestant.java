package io.embeddingexport.benchmarks.pipeline;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends events it has in memory, in one thread, outside any transaction. */
final class ProducerContestant {

  static void run(ContestantSettings settings) throws Exception {
    byte[][] events = settings.workload().serialized(BenchmarkInput.THRIFT);
    try (var producer =
        new KafkaProducer<>(
            settings.producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (long i = 0; true; i++) {
        producer.send(
            new ProducerRecord<>(settings.output(), Keys.of(i), events[(int) (i % events.length)]));
      }
    }
  }

  private ProducerContestant() {}
}
