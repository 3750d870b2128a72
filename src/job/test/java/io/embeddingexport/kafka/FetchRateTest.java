package io.embeddingexport.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class FetchRateTest {
  private static final long SECOND = 1_000_000_000;

  private double requests;
  private long nanos;
  private final Metric metric =
      new Metric() {
        @Override
        public MetricName metricName() {
          return new MetricName("fetch-total", "", "", Map.of());
        }

        @Override
        public Object metricValue() {
          return requests;
        }
      };
  private final FetchRate rate = new FetchRate(metric, 500, () -> nanos);

  @Test
  void aFewRequestsASecondShouldBeUsual() {
    requests += 20;
    nanos += SECOND;

    assertThat(rate.isSuspicious()).isFalse();
  }

  @Test
  void givenAShortWaitThenAsManyMoreRequestsShouldBeUsual() {
    FetchRate fast = new FetchRate(metric, 10, () -> nanos);
    requests += 1_000;
    nanos += SECOND;

    assertThat(fast.isSuspicious()).isFalse();
  }

  @Test
  void manyShouldBeSuspiciousOnce() {
    requests += 100;
    nanos += SECOND;

    assertThat(rate.isSuspicious()).isTrue();
    nanos += SECOND;
    assertThat(rate.isSuspicious()).isFalse();
  }

  @Test
  void thoseThatBroughtMessagesShouldNotCount() {
    requests += 100;
    rate.begin();
    nanos += SECOND;

    assertThat(rate.isSuspicious()).isFalse();
  }

  @Test
  void aConsumerWithoutTheMetricShouldNeverBeSuspicious() {
    FetchRate unknown = new FetchRate(null, 500, () -> nanos);
    nanos += SECOND;

    assertThat(unknown.isSuspicious()).isFalse();
  }
}
