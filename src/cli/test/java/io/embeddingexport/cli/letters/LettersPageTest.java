package io.embeddingexport.cli.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.cli.trial.MessageTrial;
import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.input.InputText;
import io.embeddingexport.export.ExportLimits;
import io.embeddingexport.export.KeyConfigs;
import io.embeddingexport.export.RejectReason;
import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.kafka.letters.DeadLetter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples of {@code docs/dead-letters.md} are what the commands print. */
class LettersPageTest {
  private final StringWriter text = new StringWriter();
  private final PrintWriter out = new PrintWriter(text, true);

  private static DeadLetter letter(
      String reason, String model, String detail, byte[] value, String time) {
    long millis = Instant.parse(time).toEpochMilli();
    byte[] key = "user-42".getBytes(UTF_8);
    return new DeadLetter(
        new Envelope(key, value, Envelope.NO_HEADERS, millis, "dead-letters", 0, 17),
        reason,
        detail,
        model,
        0,
        new Envelope(key, value, Envelope.NO_HEADERS, millis, "embedding-events", 1, 24771),
        -1);
  }

  private void assertPageHas() throws Exception {
    assertThat(Files.readString(Path.of("docs", "dead-letters.md"))).contains(text.toString());
  }

  @Test
  void oneLetter() throws Exception {
    byte[] value = "{\"entityId\": 42, \"tensors\": }".getBytes(UTF_8);
    MessageTrial trial =
        MessageTrial.ofJob(
            List.of(InputText.of(EventFormat.JSON)),
            new KeyConfigs(),
            ExportLimits.DEFAULT,
            List.of());
    var now = trial.run(letter("undecodable", null, "", value, "2026-11-29T08:04:11Z").input());
    String detail = now.get(0).toString().substring("rejected, undecodable: ".length());

    new LetterText(out, false)
        .print(letter("undecodable", null, detail, value, "2026-11-29T08:04:11Z"), now);

    assertPageHas();
  }

  @Test
  void theSummary() throws Exception {
    LetterSummary summary = new LetterSummary();
    add(summary, 1998, RejectReason.SHAPE, "user", "2026-11-29T08:00:02Z", "2026-11-29T09:12:40Z");
    add(
        summary,
        1000,
        RejectReason.NO_KEY_CONFIG,
        "item",
        "2026-11-29T08:00:02Z",
        "2026-11-29T08:31:55Z");
    add(summary, 2, RejectReason.UNDECODABLE, null, "2026-11-29T08:04:11Z", "2026-11-29T08:40:19Z");

    summary.print(out);

    assertPageHas();
  }

  private static void add(
      LetterSummary summary,
      int count,
      RejectReason reason,
      String model,
      String first,
      String last) {
    summary.add(letter(reason.label(), model, "", null, last));
    for (int i = 1; i < count; i++) {
      summary.add(letter(reason.label(), model, "", null, first));
    }
  }
}
