package io.embeddingexport.flink;

import static io.embeddingexport.flink.ExportInstance.function;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.export.RejectReason;
import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.flink.types.ThriftSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.metrics.Histogram;
import org.junit.jupiter.api.Test;

class ExportMetricsTest {
  private static final Path DOC = Path.of("docs/metrics.md");
  private static final String REASON = "<reason>";

  /** Name and type of a row of the table. */
  private static final Pattern ROW =
      Pattern.compile("^\\| `([^`]+)` \\| (\\w+) \\| [^|]+ \\| .+ \\|$", Pattern.MULTILINE);

  private static final byte[] KEY = {1};

  @Test
  void everyMetricIsDocumentedWithItsTypeAndNoOther() throws Exception {
    Map<String, String> registered = new TreeMap<>();
    try (ExportInstance instance = ExportInstance.start(function())) {
      instance
          .metrics()
          .byName()
          .forEach(
              (name, metric) ->
                  registered.put(name, metric.getMetricType().name().toLowerCase(Locale.ROOT)));
    }

    assertThat(registered).isEqualTo(documented());
  }

  @Test
  void everyReasonIsDocumented() throws IOException {
    String doc = Files.readString(DOC);
    String reasons = doc.substring(doc.indexOf("## Reasons"), doc.indexOf("A dead letter"));

    assertThat(
            Pattern.compile("`([^`]+)`").matcher(reasons).results().map(r -> r.group(1)).toList())
        .containsExactlyElementsOf(labels().toList());
  }

  @Test
  void eachOutcomeIsCountedOnce() throws Exception {
    try (ExportInstance instance =
        ExportInstance.start(function(KeyConfigSamples.vector("user", 1)))) {
      instance.decideVector("user");
      instance.decideVector("user");
      instance.decideVector("item");
      instance.decide(new Envelope(KEY, null, Envelope.NO_HEADERS, 0, "t", 0, 0));
      instance.decide(new Envelope(KEY, new byte[] {1}, Envelope.NO_HEADERS, 0, "t", 0, 0));
      instance.decide(new Envelope(KEY, new byte[] {2}, Envelope.NO_HEADERS, 0, "t", 0, 0));

      RegisteredMetrics metrics = instance.metrics();
      int recordBytes = ThriftSamples.bytes(ThriftSamples.vector(7, new byte[8])).length;
      assertThat(metrics.count("records")).isEqualTo(2);
      assertThat(metrics.count("recordBytes")).isEqualTo(2L * recordBytes);
      assertThat(metrics.count("tombstones")).isEqualTo(1);
      assertThat(metrics.count("rejects")).isEqualTo(3);
      assertThat(labels().filter(label -> metrics.count("reason." + label + ".rejects") > 0))
          .containsExactly("undecodable", "no-key-config");
      assertThat(metrics.count("reason.undecodable.rejects")).isEqualTo(2);
      assertThat(metrics.gauge("keyConfigsInForce")).isEqualTo(1);
      assertThat(metrics.count("keyConfigUpdatesIgnored")).isZero();
    }
  }

  @Test
  void theEncodeTimeOfASampledEventIsMeasured() throws Exception {
    try (ExportInstance instance =
        ExportInstance.start(function(KeyConfigSamples.vector("user", 1)).sampling(1))) {
      Histogram time =
          (Histogram) instance.metrics().byName().get("embeddingExport.encodeTimeNanos");
      instance.decideVector("user");
      instance.decideVector("item");

      assertThat(time.getCount()).as("a record and a reject").isEqualTo(2);
      assertThat(time.getStatistics().getMin()).isPositive();
    }
  }

  private static Map<String, String> documented() throws IOException {
    String doc = Files.readString(DOC);
    Set<MatchResult> rows =
        ROW.matcher(doc.substring(0, doc.indexOf("## Commits")))
            .results()
            .collect(Collectors.toSet());
    return rows.stream()
        .flatMap(
            row ->
                row.group(1).contains(REASON)
                    ? labels()
                        .map(label -> Map.entry(row.group(1).replace(REASON, label), row.group(2)))
                    : Stream.of(Map.entry(row.group(1), row.group(2))))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Stream<String> labels() {
    return Arrays.stream(RejectReason.values())
        .filter(reason -> reason != RejectReason.KEY_CONFIG_REFUSED)
        .map(RejectReason::label);
  }
}
