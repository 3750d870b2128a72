package io.embeddingexport.kafka.commit;

import io.embeddingexport.kafka.commit.TransactionFate.Unknown;
import io.embeddingexport.kafka.transactions.TransactionAbort;
import io.embeddingexport.kafka.transactions.TransactionException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Asks the brokers: first the coordinator, which takes one request; if it does not know, the topic.
 * Its clients live from the first question until it is closed.
 */
final class BrokerFates implements CheckedCommitter.OpenFates {
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final Duration HELD_BACK = Duration.ofSeconds(20);

  private final CommitSettings settings;
  private @Nullable Admin admin;

  BrokerFates(CommitSettings settings) {
    this.settings = settings;
  }

  @Override
  public TransactionFate of(PreparedTransaction transaction) throws InterruptedException {
    TransactionFate fate = new CoordinatorFates(admin(), ANSWER).of(transaction);
    if (!(fate instanceof Unknown coordinator)) {
      return fate;
    }
    TransactionFate seen =
        new WitnessFates(this::consumer, this::mayBeCompacted, HELD_BACK).of(transaction);
    return seen instanceof Unknown topic
        ? new Unknown(coordinator.tried() + "; " + topic.tried())
        : seen;
  }

  @Override
  public void abort(PreparedTransaction transaction) throws InterruptedException {
    String id = transaction.kafka().getTransactionalId();
    try {
      new TransactionAbort(admin(), ANSWER).takeOver(id);
    } catch (TransactionException e) {
      throw new FlinkRuntimeException(
          "transaction "
              + id
              + ", which comes behind one that is lost, could not be aborted; the next restart tries"
              + " again",
          e);
    }
  }

  private Admin admin() {
    Admin open = admin;
    if (open == null) {
      open = Admin.create(settings.adminProperties(ANSWER));
      admin = open;
    }
    return open;
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        settings.consumerProperties(ANSWER),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private boolean mayBeCompacted(String topic) throws InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try {
      ConfigEntry policy =
          admin()
              .describeConfigs(List.of(resource))
              .values()
              .get(resource)
              .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
              .get(TopicConfig.CLEANUP_POLICY_CONFIG);
      return policy == null || policy.value().contains(TopicConfig.CLEANUP_POLICY_COMPACT);
    } catch (ExecutionException | TimeoutException e) {
      return true;
    }
  }

  @Override
  public void close() {
    if (admin != null) {
      admin.close(Duration.ZERO);
    }
  }
}
