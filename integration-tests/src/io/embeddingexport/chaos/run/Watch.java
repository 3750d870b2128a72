package io.embeddingexport.chaos.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.audit.ExportChecker;
import io.embeddingexport.audit.Report;
import io.embeddingexport.chaos.check.BrokerState;
import io.embeddingexport.chaos.check.Readers;
import io.embeddingexport.chaos.ledger.LedgerConfig;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Reads all inputs and outputs beside the run, in a thread of its own, and has them checked. What
 * others want of the checker goes through here: it is not thread-safe.
 */
final class Watch implements Announcements, AutoCloseable {
  private final ExportChecker checker;
  private final Readers readers;
  private final PairedReader reader;
  private final Thread thread = new Thread(this::run, "watch");
  private volatile boolean finishing;
  private volatile RuntimeException failure;

  /**
   * @param reader which is closed with this, and tells those two
   */
  Watch(ExportChecker checker, Readers readers, PairedReader reader) {
    this.checker = checker;
    this.readers = readers;
    this.reader = reader;
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      Map<TopicPartition, Long> ends = null;
      while (ends == null || !reader.behind(ends).isEmpty()) {
        ends = step(ends);
      }
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      reader.close();
    }
  }

  /** Brokers may be away for a while. */
  private Map<TopicPartition, Long> step(Map<TopicPartition, Long> ends) {
    try {
      reader.step();
      return ends == null && finishing ? reader.outputEnds() : ends;
    } catch (RetriableException away) {
      return ends;
    }
  }

  /** Asks the checker, while it is told nothing. */
  <T> T ask(Function<ExportChecker, T> question) {
    requireReading();
    synchronized (checker) {
      return question.apply(checker);
    }
  }

  private void requireReading() {
    RuntimeException e = failure;
    if (e != null) {
      throw new IllegalStateException("the reader beside the run failed: " + e, e);
    }
  }

  /** What is known so far, also if the reader failed. */
  Report report() {
    synchronized (checker) {
      return checker.report().copy();
    }
  }

  /** Whether something was made of each input that was sent. */
  boolean isComplete(long sent) {
    return ask(
        known -> {
          Report report = known.report();
          return report.inputs() >= sent
              && report.outcomes() >= report.inputs()
              && known.missingRefusals() == 0;
        });
  }

  /** Reads to the end of what is committed now, and no further. */
  void finish() throws InterruptedException {
    finishing = true;
    thread.join();
    requireReading();
  }

  /** An output message, as a new reader sees it; after {@link #finish}. */
  void readAgain(ConsumerRecord<byte[], byte[]> message) {
    synchronized (checker) {
      readers.after(message);
    }
  }

  /** What is wrong, all in all; after {@link #finish}. */
  Report judge(BrokerState brokers) {
    synchronized (checker) {
      Report report = checker.finish();
      readers.compare(report);
      brokers.addTo(report);
      return report;
    }
  }

  @Override
  public void published(LedgerConfig config) {
    synchronized (checker) {
      checker.published(config.name(), config.version());
    }
  }

  @Override
  public void refused(String model, byte[] value) {
    synchronized (checker) {
      checker.refused(model.getBytes(UTF_8), value);
    }
  }

  @Override
  public long missingRefusals() {
    return ask(ExportChecker::missingRefusals);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
