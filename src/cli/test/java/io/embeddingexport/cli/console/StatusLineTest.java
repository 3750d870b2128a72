package io.embeddingexport.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StatusLineTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void onATerminalALineShouldBeWrittenOverWhole() {
    StatusLine line = new StatusLine(out, true);

    line.show("longer");
    line.show("abc");
    line.end("done");

    assertThat(text()).isEqualTo("\rlonger\rabc   \rdone" + System.lineSeparator());
  }

  @Test
  void elsewhereTheNextLineShouldWait() {
    StatusLine line = new StatusLine(out, false);

    line.show("first");
    line.show("too soon");
    line.end("done");

    assertThat(text().lines()).containsExactly("first", "done");
  }

  @Test
  void aProgressBarShouldSayHowFarAndHowFast() {
    assertThat(ProgressBar.of(500, 1000, 2_000_000_000L))
        .isEqualTo("[###############...............] 500 of 1,000  250/s  2.0 s");
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
