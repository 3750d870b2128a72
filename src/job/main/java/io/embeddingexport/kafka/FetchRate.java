package io.embeddingexport.kafka;

import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.Metric;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a consumer asks the brokers without a pause. It does so for topics that they no
 * longer have, and logs a warning for each partition and answer. A broker that has nothing new
 * answers after {@code fetch.max.wait.ms}. For the consumer's thread.
 */
public final class FetchRate {
  /** Kafka's default of {@code fetch.max.wait.ms}. */
  private static final int USUAL_WAIT_MILLIS = 500;

  /** Requests that are too many, as a multiple of what a quiet topic on one broker needs. */
  private static final int MANY = 20;

  private static final int LEAST = 10;

  private final @Nullable Metric requests;
  private final double suspiciousPerSecond;
  private final LongSupplier nanoClock;
  private double before;
  private long sinceNanos;

  /**
   * @param properties of the consumer
   */
  public FetchRate(Consumer<?, ?> consumer, Map<String, ?> properties) {
    this(requests(consumer), waitMillis(properties), System::nanoTime);
  }

  FetchRate(@Nullable Metric requests, int waitMillis, LongSupplier nanoClock) {
    this.requests = requests;
    this.suspiciousPerSecond = MANY * 1000.0 / Math.max(1, waitMillis);
    this.nanoClock = nanoClock;
    begin();
  }

  private static int waitMillis(Map<String, ?> properties) {
    Object given = properties.get(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG);
    return given == null ? USUAL_WAIT_MILLIS : Integer.parseInt(given.toString());
  }

  private static @Nullable Metric requests(Consumer<?, ?> consumer) {
    return consumer.metrics().entrySet().stream()
        .filter(
            metric ->
                metric.getKey().name().equals("fetch-total")
                    && metric.getKey().group().equals("consumer-fetch-manager-metrics"))
        .map(metric -> (Metric) metric.getValue())
        .findFirst()
        .orElse(null);
  }

  /** Begins to count. Call it where messages have arrived: they explain any number of requests. */
  public void begin() {
    before = count();
    sinceNanos = nanoClock.getAsLong();
  }

  /** Whether the consumer has asked too often for nothing since it was last checked. */
  public boolean isSuspicious() {
    double asked = count() - before;
    double seconds = (nanoClock.getAsLong() - sinceNanos) / 1e9;
    begin();
    return asked >= LEAST && asked > suspiciousPerSecond * seconds;
  }

  private double count() {
    return requests != null && requests.metricValue() instanceof Double count ? count : 0;
  }
}
