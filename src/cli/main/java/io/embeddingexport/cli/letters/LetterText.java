package io.embeddingexport.cli.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.cli.peek.BytesForm;
import io.embeddingexport.cli.trial.Tried;
import io.embeddingexport.cli.trial.Tried.Refused;
import io.embeddingexport.export.RejectReason;
import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.kafka.letters.DeadLetter;
import java.io.PrintWriter;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Prints one dead letter in full, with its value: for a person who asks for it. */
public final class LetterText {
  private final PrintWriter out;
  private final boolean full;

  /**
   * @param full whether to print all of a long value
   */
  public LetterText(PrintWriter out, boolean full) {
    this.out = out;
    this.full = full;
  }

  /**
   * Prints a letter.
   *
   * @param now what its input would become now, each item on its own; empty: it is no event
   */
  public void print(DeadLetter letter, List<Tried> now) {
    Envelope input = letter.input();
    field("letter", letter.letter() + ", " + LetterSummary.time(letter.letter().timestampMillis()));
    field("input", letter.origin() + ", " + LetterSummary.time(input.timestampMillis()));
    field("model", model(letter));
    field("reason", text(letter.reason()));
    field("detail", text(letter.detail()));
    now.forEach(tried -> field("now", text(tried.toString())));
    field("key", input.key() == null ? "none" : BytesForm.text(input.key()));
    for (Header header : input.headers()) {
      field("header", text(header.key()) + ": " + BytesForm.text(header.value()));
    }
    printValue(input.value(), fault(letter, now));
  }

  private static String model(DeadLetter letter) {
    return letter.model() == null
        ? "not known"
        : text(letter.model())
            + (letter.keyConfigVersion() == 0
                ? ", without key config"
                : ", key config of version " + letter.keyConfigVersion());
  }

  /** The byte where decoding ends now. What is decoded now has none, even if the letter has one. */
  private static int fault(DeadLetter letter, List<Tried> now) {
    if (now.isEmpty()) {
      return ByteRows.markedIn(letter.detail());
    }
    return now.size() == 1
            && now.get(0) instanceof Refused refused
            && refused.why().reason() == RejectReason.UNDECODABLE
        ? ByteRows.markedIn(refused.why().detail())
        : ByteRows.NONE;
  }

  private void printValue(byte @Nullable [] value, int fault) {
    if (value == null) {
      field("value", "none: it was a tombstone");
      return;
    }
    field("value", value.length == 1 ? "1 byte" : value.length + " bytes");
    ByteRows.of(value, fault).lines(full).forEach(line -> out.println("  " + line));
  }

  private void field(String name, @Nullable String value) {
    out.println("%-7s %s".formatted(name, value));
  }

  /** Text of others: hex if a terminal would not print it. */
  private static @Nullable String text(String text) {
    return BytesForm.text(text.getBytes(UTF_8));
  }
}
