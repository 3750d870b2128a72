package io.embeddingexport.kafka.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class CommitMetricsTest {
  private final Map<String, Counter> counters = new TreeMap<>();
  private final CommitMetrics metrics = new CommitMetrics(new Group(""));

  @Test
  void everyMetricIsDocumentedAndNoOther() throws Exception {
    String doc = Files.readString(Path.of("docs/metrics.md"));
    String section = doc.substring(doc.indexOf("## Commits"), doc.indexOf("## Reasons"));
    assertThat(counters.keySet())
        .containsExactlyInAnyOrderElementsOf(
            Pattern.compile("(?m)^\\| `([^`]+)` \\| counter ")
                .matcher(section)
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toSet()));
  }

  @Test
  void eachKindIsCountedApart() {
    PreparedTransaction transaction = Transactions.restored("a", 0);
    metrics.repeated();
    metrics.count(new LostCommit(transaction, true, ""));
    metrics.count(new LostCommit(transaction, true, ""));
    metrics.count(new LostCommit(transaction, false, ""));

    assertThat(count("commitsRepeated")).isEqualTo(1);
    assertThat(count("commitsLost")).isEqualTo(2);
    assertThat(count("commitsUndecided")).isEqualTo(1);
  }

  private long count(String name) {
    return counters.get("embeddingExport." + name).getCount();
  }

  /** Keeps the counters by their whole name. */
  private final class Group extends UnregisteredMetricsGroup {
    private final String prefix;

    Group(String prefix) {
      this.prefix = prefix;
    }

    @Override
    public MetricGroup addGroup(String name) {
      return new Group(prefix + name + '.');
    }

    @Override
    public Counter counter(String name) {
      return counters.computeIfAbsent(prefix + name, whole -> new SimpleCounter());
    }
  }
}
