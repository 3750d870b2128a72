package io.embeddingexport.flink;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionGraphTestUtils;
import org.apache.flink.runtime.metrics.groups.AbstractMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;

/**
 * The metrics that Flink's own groups hand to a registry, by their name under the operator: {@code
 * embeddingExport.reason.arity.rejects}.
 */
final class RegisteredMetrics {
  private final Map<String, Metric> byName = new TreeMap<>();

  TaskMetricGroup newTask() {
    TestingMetricRegistry registry =
        TestingMetricRegistry.builder().setRegisterConsumer(this::register).build();
    return TaskManagerMetricGroup.createTaskManagerMetricGroup(
            registry, "localhost", ResourceID.generate())
        .addJob(new JobID(), "job")
        .addTask(ExecutionGraphTestUtils.createExecutionAttemptId(), "task");
  }

  private void register(Metric metric, String name, AbstractMetricGroup<?> group) {
    List<String> scope = Arrays.asList(group.getScopeComponents());
    int ours = scope.indexOf("embeddingExport");
    if (ours >= 0) {
      String path = String.join(".", scope.subList(ours, scope.size())) + '.' + name;
      if (byName.put(path, metric) != null) {
        throw new AssertionError(path + " is registered twice");
      }
    }
  }

  Map<String, Metric> byName() {
    return byName;
  }

  long count(String name) {
    return ((Counter) byName.get("embeddingExport." + name)).getCount();
  }

  Number gauge(String name) {
    return (Number) ((Gauge<?>) byName.get("embeddingExport." + name)).getValue();
  }
}
