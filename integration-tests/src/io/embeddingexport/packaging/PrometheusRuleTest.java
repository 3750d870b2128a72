package io.embeddingexport.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The alerts, where they are written more than once. */
class PrometheusRuleTest {
  private static JsonNode alerts() throws IOException {
    return new YAMLMapper().readTree(Path.of("monitoring/prometheus-alerts.yml").toFile());
  }

  @Test
  void thePrometheusRuleHasTheGroupsOfTheAlerts() throws IOException {
    assertThat(Manifests.document("base/prometheus-rule.yaml").at("/spec/groups"))
        .as("run monitoring/prometheus-rule")
        .isEqualTo(alerts().path("groups"));
  }

  @Test
  void eachAlertHasItsSectionInTheRunbookAndTheRunbookHasNoOther() throws IOException {
    List<String> names = new ArrayList<>();
    for (JsonNode rule : alerts().findParents("alert")) {
      String name = rule.path("alert").asText();
      names.add(name);
      assertThat(rule.at("/annotations/runbook").asText())
          .isEqualTo("docs/operations.md#" + name.toLowerCase(java.util.Locale.ROOT));
    }

    assertThat(
            Files.readAllLines(Path.of("docs/operations.md")).stream()
                .filter(line -> line.startsWith("### EmbeddingExport"))
                .map(line -> line.substring("### ".length())))
        .containsExactlyElementsOf(names);
  }
}
