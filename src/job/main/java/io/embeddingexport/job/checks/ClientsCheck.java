package io.embeddingexport.job.checks;

import static io.embeddingexport.job.checks.Finding.error;
import static io.embeddingexport.job.checks.Finding.ok;
import static io.embeddingexport.job.checks.Finding.skipped;

import io.embeddingexport.job.options.JobOptions;
import io.embeddingexport.kafka.admin.ConnectionFailure;
import io.embeddingexport.kafka.admin.RootMessage;
import io.embeddingexport.kafka.positions.PositionSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

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
    Map<String, Object> consumer = positions.consumerProperties(Brokers.CLIENT);
    Map<String, Object> producer = positions.producerProperties(Brokers.CLIENT);
    @Nullable KafkaException ofConsumer = failure(() -> makeConsumer(consumer));
    @Nullable KafkaException ofProducer = failure(() -> makeProducer(producer));
    Optional<ConnectionFailure> consumerCannotConnect = connection(ofConsumer, consumer);
    Optional<ConnectionFailure> producerCannotConnect = connection(ofProducer, producer);
    List<Finding> findings = new ArrayList<>();
    // The client of the brokers check connects as the consumer does, so it fails as well.
    if (consumerCannotConnect.isPresent()) {
      findings.add(skipped(name(), "the consumer cannot connect (see brokers)"));
    } else if (ofConsumer != null) {
      findings.add(rejected("consumer", JobOptions.SOURCE_PREFIX, ofConsumer));
    }
    if (producerCannotConnect.isPresent()) {
      if (!producerCannotConnect.equals(consumerCannotConnect)) {
        findings.add(cannotConnect(producerCannotConnect.get()));
      }
    } else if (ofProducer != null) {
      findings.add(rejected("producer", JobOptions.SINK_PREFIX, ofProducer));
    }
    return findings.isEmpty()
        ? List.of(ok(name(), "consumer and producer accept their properties"))
        : findings;
  }

  /** Asks the brokers why, which may take seconds. */
  private static Optional<ConnectionFailure> connection(
      @Nullable KafkaException failure, Map<String, Object> properties) {
    return failure == null ? Optional.empty() : ConnectionFailure.of(failure, properties);
  }

  private static @Nullable KafkaException failure(Runnable making) {
    try {
      making.run();
      return null;
    } catch (KafkaException e) {
      return e;
    }
  }

  private Finding cannotConnect(ConnectionFailure failure) {
    return error(name(), "no producer can be created: " + failure.cause(), failure.remedy());
  }

  private Finding rejected(String client, String prefix, KafkaException failure) {
    return error(
        name(),
        "no " + client + " can be created: " + RootMessage.of(failure),
        "correct " + prefix + "* or " + JobOptions.CLIENT_PREFIX + "*");
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
