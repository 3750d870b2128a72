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
    DemoResult result = result(new Verdict(EXPECTED, EXPECTED, 0, 0, 0, 0, List.of()), 1);

    assertThat(print(result))
        .contains("nothing lost, nothing duplicated, nothing out of order")
        .containsPattern("records +98 +98")
        .containsPattern("arity +1 +1")
        .containsPattern("events/s, crash included +50");
    var json = new ObjectMapper().readTree(Summary.json(result, SETTINGS).toString());
    assertThat(json.get("ok").booleanValue()).isTrue();
    assertThat(json.at("/found/deadLetters/arity").intValue()).isEqualTo(1);
  }

  @Test
  void givenAFaultThenItsCountAndProblemAreShown() {
    Outputs found = new Outputs(97, 1, Map.of(RejectReason.ARITY, 1));
    DemoResult result =
        result(new Verdict(EXPECTED, found, 1, 0, 0, 0, List.of("event 7 came out nowhere")), 1);

    assertThat(print(result))
        .containsPattern("records +98 +97")
        .containsPattern("lost +1")
        .contains("event 7 came out nowhere", "what came out is not what went in");
    assertThat(Summary.json(result, SETTINGS).get("ok").booleanValue()).isFalse();
  }

  @Test
  void givenNoRestartThenTheResultIsNotClean() {
    DemoResult result = result(new Verdict(EXPECTED, EXPECTED, 0, 0, 0, 0, List.of()), 0);

    assertThat(result.isClean()).isFalse();
    assertThat(print(result)).contains("no task was restarted");
  }

  private static DemoResult result(Verdict verdict, int restarts) {
    return new DemoResult(100, verdict, restarts, 4, 2000, null);
  }

  private static String print(DemoResult result) {
    StringWriter out = new StringWriter();
    Summary.print(result, new Screen(new PrintWriter(out), false));
    return out.toString();
  }
}
