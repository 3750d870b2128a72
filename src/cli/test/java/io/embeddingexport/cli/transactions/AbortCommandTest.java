package io.embeddingexport.cli.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class AbortCommandTest {

  /** Else the abort is done, and then the wait fails. */
  @Test
  void aWaitTooLongToCountInNanosecondsShouldBeRefusedBeforeTheAbort() {
    StringWriter err = new StringWriter();
    CommandLine commandLine = Main.commandLine();
    commandLine.setErr(new PrintWriter(err, true));

    int exitCode =
        commandLine.execute("transactions", "abort", "one", "--yes", "--wait", "200000d");

    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString()).contains("--wait 200000d: is too long; use 36500 d or less");
  }
}
