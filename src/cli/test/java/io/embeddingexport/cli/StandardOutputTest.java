package io.embeddingexport.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class StandardOutputTest {
  private final StringWriter err = new StringWriter();

  private int run(OutputStream out, String line) {
    CommandLine commandLine = Main.commandLine().setErr(new PrintWriter(err, true));
    return Main.run(commandLine, out, line.split(" "));
  }

  private static OutputStream failing(String why) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(why);
      }
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"options", "--help", "--version", "keys validate etc/samples/keys"})
  void givenAFullDiskThenACommandFailsAndSaysSo(String command) {
    assertThat(run(failing("No space left on device"), command)).isEqualTo(1);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "error: standard output cannot be written: No space left on device; the output is"
                + " incomplete");
  }

  @Test
  void givenAReaderThatHasSeenEnoughThenItIsNoError() {
    assertThat(run(failing("Broken pipe"), "options")).isZero();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void whatIsPrintedIsUtf8() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThat(run(out, "options")).isZero();
    assertThat(out.toString(UTF_8)).contains("offset:0=12").contains("…");
  }
}
