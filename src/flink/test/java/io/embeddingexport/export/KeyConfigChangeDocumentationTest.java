package io.embeddingexport.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.input.EventInput;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.keys.KeyConfigParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of {@code docs/key-configs.md} on what becomes of events made for an older version. */
class KeyConfigChangeDocumentationTest {
  private static final String A = "{name: a, key: 1, dtype: float, shape: [2]}";
  private static final String B = "{name: b, key: 2, dtype: float, shape: [1]}";

  /** Each changes the config of one tensor {@code a}, or of {@code a} and {@code b}. */
  private record Change(boolean hadB, String keys) {}

  /** The columns of the table; the last one is of two changes. */
  private static final List<List<Change>> CHANGES =
      List.of(
          List.of(new Change(false, A + ", " + B.replace("}", ", optional: true}"))),
          List.of(new Change(false, A + ", " + B)),
          List.of(new Change(true, A), new Change(true, A + ", " + B.replace("[1]", "[3]"))));

  @ParameterizedTest
  @CsvSource({
    "'by name, no version', true, false",
    "'by position, no version', false, false",
    "that name the old version, true, true"
  })
  void theRowShouldSayWhatBecomesOfTheEvents(String row, boolean byName, boolean pinned)
      throws Exception {
    List<String> cells = new ArrayList<>();
    cells.add(row);
    for (List<Change> column : CHANGES) {
      Set<String> reasons = new LinkedHashSet<>();
      for (Change change : column) {
        Outcome outcome = export(change, event(change.hadB(), byName, pinned));
        if (outcome instanceof Rejected rejected) {
          reasons.add("`" + rejected.reason().label() + "`");
        }
      }
      cells.add(reasons.isEmpty() ? "pass" : "dead letter " + String.join(", ", reasons));
    }
    assertThat(Files.readString(Path.of("docs/key-configs.md")))
        .contains("| " + String.join(" | ", cells) + " |");
  }

  private static Outcome export(Change change, String event) throws Exception {
    KeyConfigs configs = new KeyConfigs();
    String yaml = "model: m\nversion: 2\nkeys: [" + change.keys() + "]\n";
    configs.set(KeyConfigParser.parse("table", yaml.getBytes(UTF_8)));
    return new Exporter(EventInput.of(EventFormat.JSON).newDecoder(), configs, ExportLimits.DEFAULT)
        .export(event.getBytes(UTF_8), true);
  }

  private static String event(boolean hasB, boolean byName, boolean pinned) {
    String a = "[0.5, 1.5]";
    String b = "{\"shape\": [1], \"data\": [2.5]}";
    String tensors =
        byName
            ? "{\"a\": " + a + (hasB ? ", \"b\": " + b : "") + "}"
            : "[" + a + (hasB ? ", " + b : "") + "]";
    return "{\"entityId\": 1, \"model\": \"m\", \"tensors\": "
        + tensors
        + (pinned ? ", \"keyConfigVersion\": 1" : "")
        + "}";
  }
}
