package io.embeddingexport.cli.demo;

import io.embeddingexport.audit.ExportChecker;
import io.embeddingexport.local.FlinkCluster;
import io.embeddingexport.local.JobProgress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The middle of the demo: events flow, output is checked as it arrives, a key config changes, and
 * then a TaskManager is killed. It reads like a downstream consumer: committed messages only, in
 * order within a partition. For one thread.
 */
final class ExportRun implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final EventFeed feed;
  private final ExportChecker checker;
  private final LiveChange change;
  private final FlinkCluster cluster;
  private final JobID job;
  private final DemoConsole console;
  private final ExampleRecord example = new ExampleRecord();
  private final KafkaConsumer<byte[], byte[]> committed;
  private final KafkaConsumer<byte[], byte[]> uncommitted;

  ExportRun(
      DemoClients clients,
      EventFeed feed,
      ExportChecker checker,
      LiveChange change,
      FlinkCluster cluster,
      JobID job,
      DemoConsole console) {
    this.feed = feed;
    this.checker = checker;
    this.change = change;
    this.cluster = cluster;
    this.job = job;
    this.console = console;
    List<String> topics = List.of(DemoJob.RECORDS, DemoJob.DEAD_LETTERS);
    this.committed = clients.consumer("demo-check", "read_committed", topics);
    this.uncommitted = clients.consumer("demo-ends", "read_uncommitted", topics);
  }

  /** The job when every event had an outcome, and the time that took. */
  record End(JobProgress job, long millis) {}

  /**
   * Starts the feed and returns when each of its events has an outcome, or no more arrive for a
   * minute.
   *
   * @throws IllegalStateException if the job or the feed fails
   */
  End run(int total) throws Exception {
    long start = System.nanoTime();
    long lastMove = start;
    long lastLook = start;
    boolean killed = false;
    JobProgress progress = cluster.progress(job);
    feed.start();
    while (true) {
      feed.requireHealthy();
      boolean moved = read() > 0;
      long seen = checker.report().outcomes();
      long now = System.nanoTime();
      if (now - lastLook > POLL.toNanos() || seen >= total) {
        progress = cluster.progress(job);
        if (progress.hasFailed()) {
          throw new IllegalStateException(
              "the job is " + progress.status() + ": " + progress.failure(), progress.failure());
        }
        lastLook = now;
      }
      long millis = (now - start) / 1_000_000;
      lastMove = moved ? now : lastMove;
      if (seen >= total / 10) {
        feed.releaseChange();
      }
      change.show();
      console.exporting(seen, total, millis, progress);
      if (seen >= total || now - lastMove > PATIENCE_NANOS) {
        return new End(progress, millis);
      }
      // Once the change has been seen, or if no more output arrives before the last tenth.
      boolean hasChanged = change.hasTakenEffect(checker.report()) && seen >= total * 2L / 5;
      if (!killed && (hasChanged || seen >= feed.lastTenth())) {
        kill(seen);
        killed = true;
      }
    }
  }

  private void kill(long seen) throws Exception {
    console.line(
        "  @|bold,red ✗|@ killing a TaskManager with %s events checked, on purpose"
            .formatted(DemoConsole.number(seen)));
    cluster.replaceTaskManager(0);
    feed.releaseLastTenth();
  }

  /** Checks arrived messages; waits for them for 200 ms at most. Returns their number. */
  private int read() {
    ConsumerRecords<byte[], byte[]> batch = committed.poll(POLL);
    feed.tell(checker);
    batch.forEach(this::take);
    return batch.count();
  }

  private void take(ConsumerRecord<byte[], byte[]> message) {
    // An output may be read before the broker's answer to the producer of its input.
    long start = System.nanoTime();
    while (checker.unseenInput(message) != null && System.nanoTime() - start < PATIENCE_NANOS) {
      LockSupport.parkNanos(100_000);
      feed.tell(checker);
    }
    checker.output(message);
    example.offer(message);
  }

  /**
   * Waits until no transaction is open, and checks all messages up to the end.
   *
   * @throws TimeoutException if no message arrives for a minute and the end is not reached
   */
  void readToEnd() throws TimeoutException {
    long lastMove = System.nanoTime();
    while (!isAtEnd()) {
      if (read() > 0) {
        lastMove = System.nanoTime();
      } else if (System.nanoTime() - lastMove > PATIENCE_NANOS) {
        throw new TimeoutException(
            "no more output comes, or transactions stay open, on " + committed.assignment());
      }
    }
  }

  private boolean isAtEnd() {
    Map<TopicPartition, Long> ends = uncommitted.endOffsets(committed.assignment());
    return committed.endOffsets(committed.assignment()).equals(ends)
        && ends.entrySet().stream().allMatch(e -> committed.position(e.getKey()) >= e.getValue());
  }

  /** One record to show. */
  ExampleRecord example() {
    return example;
  }

  @Override
  public void close() {
    committed.close();
    uncommitted.close();
  }
}
