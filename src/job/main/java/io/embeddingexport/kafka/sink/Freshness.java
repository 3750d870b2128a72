package io.embeddingexport.kafka.sink;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Time from an input's timestamp to the commit of its output, when consumers can read it.
 *
 * <p>It is a histogram in Prometheus' form: for each bound, a counter of the inputs that took at
 * most so long. Unlike the quantiles of Flink's histograms, counters of several slots add up.
 */
final class Freshness {
  private static final String NAME = "freshnessMillisBucket";

  private static final long[] BOUNDS_MILLIS = {
    100,
    200,
    500,
    1_000,
    2_000,
    5_000,
    10_000,
    20_000,
    30_000,
    60_000,
    120_000,
    300_000,
    600_000,
    1_800_000,
    3_600_000,
    21_600_000,
    86_400_000
  };

  private final List<Counter> counters = new ArrayList<>();
  private final Counter all;

  /**
   * @param group {@code embeddingExport} of the operator
   */
  Freshness(MetricGroup group) {
    for (long bound : BOUNDS_MILLIS) {
      counters.add(group.addGroup("le", Long.toString(bound)).counter(NAME));
    }
    all = group.addGroup("le", "+Inf").counter(NAME);
  }

  /**
   * Adds the inputs of a commit. A sample stands for all of them.
   *
   * @param nowMillis time of the commit, ms since the epoch
   */
  void add(TimestampSample inputs, long nowMillis) {
    if (inputs.size() == 0) {
      return;
    }
    long[] within = new long[BOUNDS_MILLIS.length];
    for (int i = 0; i < inputs.size(); i++) {
      long took = nowMillis - inputs.timestampMillis(i);
      for (int bound = BOUNDS_MILLIS.length - 1;
          bound >= 0 && took <= BOUNDS_MILLIS[bound];
          bound--) {
        within[bound]++;
      }
    }
    for (int bound = 0; bound < within.length; bound++) {
      counters.get(bound).inc(within[bound] * inputs.count() / inputs.size());
    }
    all.inc(inputs.count());
  }
}
