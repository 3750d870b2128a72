package io.embeddingexport.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class DryRunOptionsTest {

  @ParameterizedTest
  @ValueSource(strings = {"event.max-bytes", "record.max-bytes"})
  void aSizeThatTheJobRefusesShouldBeRefusedInItsWords(String option, @TempDir Path directory)
      throws Exception {
    Path job =
        Files.writeString(
            directory.resolve("job.yaml"), "input.topic: events\n" + option + ": 3gb\n");

    assertThat(refusal("--dry-run --config " + job))
        .contains("job.yaml, line 2: " + option + " = 3gb: must be 1 to 2147483639 bytes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--shadow-topic t | --shadow-topic: needs --dry-run or --canary",
        "--for 5s | --for: needs --dry-run or --canary",
        "-f json | --format: needs --dry-run or --canary",
        "--canary 1% | --canary: needs --input-topic, or --config with input.topic",
        "--canary 1% --dry-run | --canary 1%: is a dry run on live events; leave out --dry-run",
        "--canary 1 | --canary 1: is not a share; write one such as 1% or 0.1%, up to 100%",
        "--dry-run --for 5s | --for 5s: needs --canary",
        "--canary 1% --for 0s | --for 0s: must be more than 0",
        "--canary 1% --for soon | --for soon: is not a duration",
        "--canary 1% --for 60 | --for 60: has no unit; write one such as 90s, 15min or 2h",
        "--canary 1% --events 0 | --events 0: must be 1 or more",
      })
  void optionsThatMeanNothingShouldBeRefusedBeforeAnyBrokerIsAsked(String options, String problem) {
    assertThat(refusal(options)).contains(problem);
  }

  private static String refusal(String options) {
    StringWriter err = new StringWriter();
    CommandLine commandLine = Main.commandLine();
    commandLine.setErr(new PrintWriter(err, true));
    List<String> words = new ArrayList<>(List.of("keys", "publish", "etc/samples/keys"));
    words.addAll(List.of(options.split(" ")));

    assertThat(commandLine.execute(words.toArray(String[]::new))).isEqualTo(2);
    return err.toString();
  }
}
