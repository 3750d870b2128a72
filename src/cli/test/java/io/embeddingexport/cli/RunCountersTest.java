package io.embeddingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunCountersTest {
  private final RunCounters counters = new RunCounters();

  @Test
  void countersOfTheExportAreSummedOverTasksLiveAndEnded() {
    MetricGroup task = group("tm.job.task.embeddingExport", Map.of("<task_name>", "export"));
    Counter ended = counter(4);
    counters.notifyOfAddedMetric(ended, "rejects", task);
    counters.notifyOfAddedMetric(counter(3), "rejects", task);
    counters.notifyOfAddedMetric(counter(9), "records", task);
    counters.notifyOfRemovedMetric(ended, "rejects", task);

    assertThat(counters.sum("rejects")).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<reason>", "<model>"})
  void countersOfAPartAreNotCountedOnTopOfTheWhole(String label) {
    counters.notifyOfAddedMetric(
        counter(3), "rejects", group("task.embeddingExport.part", Map.of(label, "part")));

    assertThat(counters.sum("rejects")).isZero();
  }

  @Test
  void rejectsAreToldByReasonTheMostFrequentFirst() {
    counters.notifyOfAddedMetric(counter(3), "rejects", reason("shape"));
    counters.notifyOfAddedMetric(counter(4), "rejects", reason("arity"));
    counters.notifyOfAddedMetric(counter(0), "rejects", reason("dtype"));
    Counter ended = counter(2);
    counters.notifyOfAddedMetric(ended, "rejects", reason("shape"));
    counters.notifyOfRemovedMetric(ended, "rejects", reason("shape"));

    assertThat(counters.rejectsByReason())
        .containsExactly(Map.entry("shape", 5L), Map.entry("arity", 4L));
  }

  @Test
  void theLagIsThatOfAllTasksThatKnowIt() {
    assertThat(counters.lag()).isEqualTo(-1);
    Gauge<Long> one = () -> 7L;
    counters.notifyOfAddedMetric(one, "pendingRecords", group("task", Map.of()));
    counters.notifyOfAddedMetric((Gauge<Long>) () -> 5L, "pendingRecords", group("task", Map.of()));
    counters.notifyOfAddedMetric(
        (Gauge<Long>) () -> -1L, "pendingRecords", group("task", Map.of()));
    assertThat(counters.lag()).isEqualTo(12);

    counters.notifyOfRemovedMetric(one, "pendingRecords", group("task", Map.of()));
    assertThat(counters.lag()).isEqualTo(5);
  }

  private static MetricGroup reason(String label) {
    return group("task.embeddingExport.reason", Map.of("<reason>", label));
  }

  @Test
  void countersOfOthersAreNotCounted() {
    counters.notifyOfAddedMetric(counter(3), "records", group("tm.job.task.sink", Map.of()));

    assertThat(counters.sum("records")).isZero();
  }

  private static Counter counter(long count) {
    Counter counter = new SimpleCounter();
    counter.inc(count);
    return counter;
  }

  private static MetricGroup group(String identifier, Map<String, String> variables) {
    return new UnregisteredMetricsGroup() {
      @Override
      public String getMetricIdentifier(String name) {
        return identifier + "." + name;
      }

      @Override
      public Map<String, String> getAllVariables() {
        return variables;
      }
    };
  }
}
