package io.embeddingexport.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
    StringWriter err = new StringWriter();
    CommandLine commandLine = Main.commandLine();
    commandLine.setErr(new PrintWriter(err, true));

    int exitCode =
        commandLine.execute(
            "keys", "publish", "etc/samples/keys", "--dry-run", "--config", job.toString());

    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString())
        .contains("job.yaml, line 2: " + option + " = 3gb: must be 1 to 2147483639 bytes");
  }
}
