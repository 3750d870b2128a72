package io.embeddingexport.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.embeddingexport.audit.ExportChecker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoResultTest {
  private static final int COUNT = 5_000;
  private static final int LEFT_OUT = 7;

  private final DemoEvents events = DemoFixtures.events(COUNT);

  @Test
  void givenACleanResultThenTheTableAndTheJsonSaySo() throws Exception {
    DemoResult result = result(-1, 1);

    assertThat(print(result))
        .contains("nothing lost, nothing duplicated, nothing out of order")
        .containsPattern("records +4,990 +4,990")
        .containsPattern("arity +1 +1")
        .contains("with a key config changed and a TaskManager killed on the way")
        .contains("key config of user")
        .containsPattern("records under version 3 +1,\\d{3}")
        .containsPattern("records under version 4 +1,\\d{3}")
        .containsPattern("ms to the first of these +731")
        .contains("  key  user:7")
        .containsPattern("events/s, crash included +2,500");
    var json = new ObjectMapper().readTree(result.json().toString());
    assertThat(json.get("ok").booleanValue()).isTrue();
    assertThat(json.at("/found/deadLetters/arity").intValue()).isEqualTo(1);
    assertThat(json.at("/keyConfigChange/to").intValue()).isEqualTo(4);
    assertThat(json.at("/keyConfigChange/millisToFirst").intValue()).isEqualTo(731);
  }

  @Test
  void givenAFaultThenItsCountAndProblemAreShown() {
    DemoResult result = result(LEFT_OUT, 1);

    assertThat(print(result))
        .containsPattern("records +4,990 +4,989")
        .containsPattern("lost +1")
        .containsPattern("LOST .* event 7 ")
        .contains("the output does not match the input");
    assertThat(result.json().get("ok").booleanValue()).isFalse();
  }

  @Test
  void givenNoRestartThenTheResultIsNotClean() {
    DemoResult result = result(-1, 0);

    assertThat(result.isClean()).isFalse();
    assertThat(print(result)).contains("no task was restarted");
  }

  @Test
  void noLineIsLongerThanATerminalIsWide() {
    assertThat(print(result(-1, 1)).lines()).allMatch(line -> line.length() < 80);
  }

  private DemoResult result(int leftOut, int restarts) {
    ExportChecker checker = RightOutput.checker(events);
    for (int i = 0; i < COUNT; i++) {
      if (i != leftOut) {
        checker.output(RightOutput.of(events, i, events.entry(i).sample().config().version()));
      }
    }
    return new DemoResult(
        new Demo.Settings(COUNT, 42, 2, false, false),
        events.expected(),
        checker.finish(),
        new DemoKeyConfigChange(DemoFixtures.USER, DemoFixtures.NEXT_USER),
        events.changeAt(),
        731,
        restarts,
        4,
        2000,
        List.of("key  user:7"));
  }

  private static String print(DemoResult result) {
    StringWriter out = new StringWriter();
    result.print(new DemoConsole(new PrintWriter(out), false));
    return out.toString();
  }
}
