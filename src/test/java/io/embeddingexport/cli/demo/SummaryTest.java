package io.embeddingexport.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.embeddingexport.cli.demo.Verdict.Outputs;
import io.embeddingexport.export.RejectReason;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private static final Outputs EXPECTED = new Outputs(98, 1, Map.of(RejectReason.ARITY, 1));
  private static final DemoSettings SETTINGS = new DemoSettings(100, 42, 2, false, false);

  @Test
  void givenACleanResultThenTheTableAndTheJsonSaySo() throws Exception {
    DemoResult result = result(new Verdict(EXPECTED, EXPECTED, 0, 0, 0, 0, 0, List.of()), 1);

    assertThat(print(result))
        .contains("nothing lost, nothing duplicated, nothing out of order")
        .containsPattern("records +98 +98")
        .containsPattern("arity +1 +1")
        .contains("with a key config changed and a TaskManager killed on the way")
        .contains("key config of user")
        .containsPattern("records under version 1 +20")
        .containsPattern("records under version 2 +14")
        .contains("  key  user:7")
        .containsPattern("events/s, crash included +50");
    var json = new ObjectMapper().readTree(Summary.json(result, SETTINGS).toString());
    assertThat(json.get("ok").booleanValue()).isTrue();
    assertThat(json.at("/found/deadLetters/arity").intValue()).isEqualTo(1);
    assertThat(json.at("/keyConfigChange/to").intValue()).isEqualTo(2);
    assertThat(json.at("/keyConfigChange/millisToFirst").intValue()).isEqualTo(731);
  }

  @Test
  void givenAFaultThenItsCountAndProblemAreShown() {
    Outputs found = new Outputs(97, 1, Map.of(RejectReason.ARITY, 1));
    DemoResult result =
        result(
            new Verdict(EXPECTED, found, 1, 0, 0, 0, 0, List.of("event 7 has no output message")),
            1);

    assertThat(print(result))
        .containsPattern("records +98 +97")
        .containsPattern("lost +1")
        .contains("event 7 has no output message", "the output does not match the input");
    assertThat(Summary.json(result, SETTINGS).get("ok").booleanValue()).isFalse();
  }

  @Test
  void givenNoRestartThenTheResultIsNotClean() {
    DemoResult result = result(new Verdict(EXPECTED, EXPECTED, 0, 0, 0, 0, 0, List.of()), 0);

    assertThat(result.isClean()).isFalse();
    assertThat(print(result)).contains("no task was restarted");
  }

  @Test
  void noLineIsLongerThanATerminalIsWide() {
    DemoResult result = result(new Verdict(EXPECTED, EXPECTED, 0, 0, 0, 0, 0, List.of()), 1);

    assertThat(print(result).lines()).allMatch(line -> line.length() < 80);
  }

  private static DemoResult result(Verdict verdict, int restarts) {
    ChangeOutcome change = new ChangeOutcome("user", 1, 2, 50, 731, 20, 14);
    return new DemoResult(100, verdict, change, restarts, 4, 2000, List.of("key  user:7"));
  }

  private static String print(DemoResult result) {
    StringWriter out = new StringWriter();
    Summary.print(result, new DemoConsole(new PrintWriter(out), false));
    return out.toString();
  }
}
