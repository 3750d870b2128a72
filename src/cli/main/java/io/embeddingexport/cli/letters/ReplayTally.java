package io.embeddingexport.cli.letters;

import io.embeddingexport.cli.console.TextTable;
import io.embeddingexport.export.Outcome;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.export.Outcome.Skipped;
import io.embeddingexport.kafka.letters.DeadLetter;
import io.embeddingexport.text.SafeText;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the letters of a dry run would become, by their reason and model. Not thread-safe. */
public final class ReplayTally {
  private static final String NOT_REPLAYED =
      "not replayed: a refused key config is no event, and export.models skips other models";

  private final Map<String, Group> groups = new TreeMap<>();
  private long replayed;
  private long stay;

  /** Letters of one reason and model. */
  private static final class Group {
    private final String reason;
    private final String model;
    private final Map<String, Why> why = new TreeMap<>();
    private long letters;
    private long stay;

    Group(String reason, String model) {
      this.reason = reason;
      this.model = model;
    }
  }

  /**
   * Why letters stay.
   *
   * @param example position of the first of them, and the detail
   */
  private record Why(long count, String example) {
    Why plus(Why other) {
      return new Why(count + other.count, example);
    }
  }

  /**
   * Adds a letter.
   *
   * @param outcome what it would become
   */
  public void add(DeadLetter letter, Outcome outcome) {
    String model = LetterSummary.model(letter.model());
    Group group =
        groups.computeIfAbsent(
            letter.reason() + "\n" + model, key -> new Group(SafeText.of(letter.reason()), model));
    group.letters++;
    if (outcome instanceof Rejected || outcome instanceof Skipped) {
      group.stay++;
      stay++;
      boolean isRejected = outcome instanceof Rejected;
      String now = isRejected ? ((Rejected) outcome).reason().label() : "skipped";
      String detail = isRejected ? ((Rejected) outcome).detail() : NOT_REPLAYED;
      group.why.merge(now, new Why(1, letter.letter() + ": " + now + ": " + detail), Why::plus);
    } else {
      replayed++;
    }
  }

  /** Letters that would be replayed. */
  public long replayed() {
    return replayed;
  }

  /** Letters that would stay. */
  public long stay() {
    return stay;
  }

  /** Prints a line for each reason and model, and for each reason to stay its first letter. */
  public void print(PrintWriter out) {
    if (groups.isEmpty()) {
      return;
    }
    new TextTable<Group>()
        .column("REASON", group -> group.reason)
        .column("MODEL", group -> group.model)
        .number("LETTERS", group -> number(group.letters))
        .number("REPLAYED", group -> number(group.letters - group.stay))
        .number("STAY", group -> number(group.stay))
        .column("WHY NOW", ReplayTally::why)
        .print("", List.copyOf(groups.values()), out);
    for (Group group : groups.values()) {
      group.why.values().forEach(why -> out.println("  " + why.example()));
    }
  }

  private static String why(Group group) {
    return String.join(
        ", ",
        group.why.entrySet().stream()
            .map(entry -> entry.getKey() + " " + number(entry.getValue().count()))
            .toList());
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
