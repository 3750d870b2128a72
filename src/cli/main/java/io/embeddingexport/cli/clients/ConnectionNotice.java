package io.embeddingexport.cli.clients;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;

/**
 * Says when no broker has answered a consumer for a while, and when one answers again. The consumer
 * itself waits in silence, as on a topic without messages. Not thread-safe.
 */
public final class ConnectionNotice {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final DoubleSupplier received;
  private final LongSupplier nanoTime;
  private final PrintWriter out;
  private double before;
  private long sinceNanos;
  private boolean silent;

  /**
   * @param received bytes so far
   */
  ConnectionNotice(DoubleSupplier received, LongSupplier nanoTime, PrintWriter out) {
    this.received = received;
    this.nanoTime = nanoTime;
    this.out = out;
    this.before = received.getAsDouble();
    this.sinceNanos = nanoTime.getAsLong();
  }

  public static ConnectionNotice of(Consumer<?, ?> consumer, PrintWriter out) {
    // Even where no messages come, answers do: each fetch has one within half a second.
    Metric bytes =
        consumer.metrics().entrySet().stream()
            .filter(
                one ->
                    one.getKey().name().equals("incoming-byte-total")
                        && one.getKey().group().equals("consumer-metrics"))
            .findFirst()
            .orElseThrow()
            .getValue();
    return new ConnectionNotice(() -> (double) bytes.metricValue(), System::nanoTime, out);
  }

  /** Looks at the consumer; called after each poll. */
  public void check() {
    double now = received.getAsDouble();
    long nanos = nanoTime.getAsLong();
    if (now != before) {
      before = now;
      sinceNanos = nanos;
      if (silent) {
        silent = false;
        say("a broker answers again");
      }
    } else if (!silent && nanos - sinceNanos >= PATIENCE.toNanos()) {
      silent = true;
      say("no broker has answered for " + PATIENCE.toSeconds() + " s; waiting for one");
    }
  }

  private void say(String text) {
    out.println(text);
    out.flush();
  }
}
