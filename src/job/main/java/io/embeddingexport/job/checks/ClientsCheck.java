package io.embeddingexport.job.checks;

import static io.embeddingexport.job.checks.Finding.error;
import static io.embeddingexport.job.checks.Finding.ok;
import static io.embeddingexport.job.checks.Finding.skipped;

import io.embeddingexport.job.options.JobOptions;
import io.embeddingexport.kafka.admin.RootMessage;
import io.embeddingexport.kafka.positions.PositionSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Whether Kafka's clients can be created from their properties: only this checks the classes and
 * files they name. In a job, tasks create them, and would restart forever.
 */
final class ClientsCheck implements LocalCheck {
  @Override
  public String name() {
    return "clients";
  }

  @Override
  public List<Finding> run(PreflightContext context, Duration timeout) {
    PositionSettings positions = context.positions();
    List<Finding> findings = new ArrayList<>();
    make(
        "consumer",
        JobOptions.SOURCE_PREFIX,
        () -> makeConsumer(positions.consumerProperties(Brokers.CLIENT)),
        findings);
    make(
        "producer",
        JobOptions.SINK_PREFIX,
        () -> makeProducer(positions.producerProperties(Brokers.CLIENT)),
        findings);
    return findings.isEmpty()
        ? List.of(ok(name(), "consumer and producer accept their properties"))
        : findings;
  }

  private void make(String client, String prefix, Runnable making, List<Finding> findings) {
    try {
      making.run();
    } catch (KafkaException e) {
      String why = RootMessage.of(e);
      findings.add(
          why.contains("No resolvable bootstrap")
              ? skipped(name(), "the brokers' address cannot be resolved (see brokers)")
              : error(
                  name(),
                  "no " + client + " can be created: " + why,
                  "correct " + prefix + "* or " + JobOptions.CLIENT_PREFIX + "*"));
    }
  }

  private static void makeConsumer(Map<String, Object> properties) {
    new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .close(CloseOptions.timeout(Duration.ZERO));
  }

  private static void makeProducer(Map<String, Object> properties) {
    new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())
        .close(Duration.ZERO);
  }
}
