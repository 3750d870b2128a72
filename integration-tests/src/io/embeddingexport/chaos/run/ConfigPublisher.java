package io.embeddingexport.chaos.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.embeddingexport.chaos.fault.FaultException;
import io.embeddingexport.chaos.fault.Stage;
import io.embeddingexport.chaos.ledger.LedgerConfig;
import io.embeddingexport.chaos.run.ConfigVersions.Garbage;
import io.embeddingexport.cli.clients.NewTopics;
import io.embeddingexport.kafka.admin.Answers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.awaitility.core.ConditionTimeoutException;

/** Publishes key configs: when it is told to, and now and then by itself. */
final class ConfigPublisher implements Stage.Configs, AutoCloseable {
  private static final Duration NOW_AND_THEN = Duration.ofSeconds(4);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Clients clients;
  private final ChaosTopics topics;
  private final Announcements announcements;
  private final ConfigVersions versions;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  ConfigPublisher(
      Clients clients, ChaosTopics topics, Announcements announcements, ConfigVersions versions) {
    this.clients = clients;
    this.topics = topics;
    this.announcements = announcements;
    this.versions = versions;
  }

  /** Publishes a new version of one model now and then. */
  void start() {
    long millis = NOW_AND_THEN.toMillis();
    timer.scheduleWithFixedDelay(this::publishOne, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** No more by itself. */
  void quiesce() throws InterruptedException {
    timer.shutdownNow();
    if (!timer.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("a key config could not be published for " + PATIENCE);
    }
  }

  private synchronized void publishOne() {
    if (!timer.isShutdown()) {
      send(announced(List.of(versions.nextOfOne())));
    }
  }

  @Override
  public synchronized void storm(int count) {
    List<LedgerConfig> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.addAll(versions.nextOfAll());
    }
    send(announced(all));
  }

  @Override
  public synchronized void junk() {
    List<ProducerRecord<byte[], byte[]>> all = new ArrayList<>();
    versions.oldOfAll().forEach(old -> all.add(message(old)));
    all.add(message(versions.newestOfOne()));
    for (Garbage garbage : versions.garbage()) {
      announcements.refused(garbage.model(), garbage.value());
      all.add(
          new ProducerRecord<>(topics.configs(), garbage.model().getBytes(UTF_8), garbage.value()));
    }
    send(all);
  }

  @Override
  public synchronized void reset() {
    awaitLetters();
    try (Admin admin = clients.admin()) {
      // The timer's messages do not come between: it waits for this monitor.
      awaitDone(
          "the end of " + topics.configs(),
          UnknownTopicOrPartitionException.class,
          () -> Answers.await(admin.deleteTopics(List.of(topics.configs())).all()));
      awaitDone(
          "a new " + topics.configs(),
          TopicExistsException.class,
          () -> NewTopics.create(admin, List.of(topics.newConfigs())));
    }
    send(versions.oldOfAll().stream().map(this::message).toList());
  }

  /** What was refused on the old topic and is not read yet would never become a letter. */
  private void awaitLetters() {
    try {
      await("letters of all refused key configs")
          .atMost(PATIENCE)
          .until(() -> announcements.missingRefusals() == 0);
    } catch (ConditionTimeoutException e) {
      throw new FaultException(
          announcements.missingRefusals()
              + " refused key configs have had no dead letter for "
              + PATIENCE);
    }
  }

  private interface Request {
    void make() throws InterruptedException;
  }

  /** Until it is done, or the answer is that it was before. */
  private static void awaitDone(
      String what, Class<? extends Exception> doneBefore, Request request) {
    await(what)
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              try {
                request.make();
                return true;
              } catch (KafkaException e) {
                if (doneBefore.isInstance(e)) {
                  return true;
                }
                if (e instanceof RetriableException) {
                  return false;
                }
                throw e;
              }
            });
  }

  private List<ProducerRecord<byte[], byte[]>> announced(List<LedgerConfig> configs) {
    configs.forEach(announcements::published);
    return configs.stream().map(this::message).toList();
  }

  private ProducerRecord<byte[], byte[]> message(LedgerConfig config) {
    return new ProducerRecord<>(
        topics.configs(), config.name().getBytes(UTF_8), config.json().getBytes(UTF_8));
  }

  /** A producer of its own each time: it knows nothing of a topic that is no more. */
  private void send(List<ProducerRecord<byte[], byte[]>> messages) {
    Producer<byte[], byte[]> producer = clients.producer();
    try {
      List<Future<?>> answers = new ArrayList<>();
      messages.forEach(message -> answers.add(producer.send(message)));
      producer.flush();
      for (Future<?> answer : answers) {
        answer.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("publishing key configs: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while publishing key configs", e);
    } finally {
      producer.close(Duration.ZERO);
    }
  }

  synchronized long published() {
    return versions.published();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
