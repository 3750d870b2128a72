package io.embeddingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.embeddingexport.job.checks.Finding;
import io.embeddingexport.job.checks.Finding.Level;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class FindingsTest {
  private final Findings findings =
      new Findings(
          List.of(
              new Finding(Level.OK, "topics", "all there", null),
              new Finding(Level.ERROR, "group-permission", "@|bold no|@ READ", "grant it")));

  @Test
  void eachShouldBeALineWithItsRemedyAndACountAtTheEnd() {
    assertThat(print(Ansi.OFF).lines())
        .containsExactly(
            "ok       topics            all there",
            "error    group-permission  @|bold no|@ READ; grant it",
            "1 error, no warnings");
  }

  @Test
  void onlyTheLevelShouldBeColoured() {
    assertThat(print(Ansi.ON).lines().findFirst())
        .hasValue("\u001b[32mok\u001b[39m\u001b[0m       topics            all there");
  }

  @Test
  void theJsonShouldBeAnArrayOfObjectsWithFourFields() throws Exception {
    StringWriter text = new StringWriter();
    findings.printJson(new PrintWriter(text));
    JsonNode json = new ObjectMapper().readTree(text.toString());

    assertThat(json)
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    [{"check": "topics", "level": "ok", "text": "all there", "remedy": null},
                     {"check": "group-permission", "level": "error", "text": "@|bold no|@ READ",
                      "remedy": "grant it"}]
                    """));
  }

  private String print(Ansi ansi) {
    StringWriter text = new StringWriter();
    findings.print(new PrintWriter(text), ansi);
    return text.toString();
  }
}
