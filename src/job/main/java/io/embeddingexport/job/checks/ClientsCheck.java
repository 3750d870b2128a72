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
    // The client of the brokers check connects as the consumer does, so it fails as well.
    Optional<ConnectionFailure> told =
        ofConsumer == null ? Optional.empty() : ConnectionFailure.of(ofConsumer, consumer);
    List<Finding> findings = new ArrayList<>();
    if (told.isPresent()) {
      findings.add(skipped(name(), "the consumer cannot connect (see brokers)"));
    } else if (ofConsumer != null) {
      findings.add(evaluate("consumer", JobOptions.SOURCE_PREFIX, consumer, ofConsumer));
    }
    if (ofProducer != null && !isSame(told, ConnectionFailure.of(ofProducer, producer))) {
      findings.add(evaluate("producer", JobOptions.SINK_PREFIX, producer, ofProducer));
    }
    return findings.isEmpty()
        ? List.of(ok(name(), "consumer and producer accept their properties"))
        : findings;
  }

  private static boolean isSame(
      Optional<ConnectionFailure> consumer, Optional<ConnectionFailure> producer) {
    return consumer.isPresent() && consumer.equals(producer);
  }

  private static @Nullable KafkaException failure(Runnable making) {
    try {
      making.run();
      return null;
    } catch (KafkaException e) {
      return e;
    }
  }

  private Finding evaluate(
      String client, String prefix, Map<String, Object> properties, KafkaException failure) {
    Optional<ConnectionFailure> connection = ConnectionFailure.of(failure, properties);
    return error(
        name(),
        "no "
            + client
            + " can be created: "
            + connection.map(ConnectionFailure::cause).orElseGet(() -> RootMessage.of(failure)),
        connection
            .map(ConnectionFailure::remedy)
            .orElse("correct " + prefix + "* or " + JobOptions.CLIENT_PREFIX + "*"));
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
