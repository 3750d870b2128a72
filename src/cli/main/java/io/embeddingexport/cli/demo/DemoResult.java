package io.embeddingexport.cli.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.embeddingexport.audit.Anomaly.Kind;
import io.embeddingexport.audit.Report;
import io.embeddingexport.export.RejectReason;
import io.embeddingexport.keys.KeyConfig;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The result of a demo.
 *
 * @param report on what came out
 * @param changeAt number of events sent before the key config changed
 * @param millisToChange from then to the first record under the new version; -1: there was none
 * @param restarts of the job
 * @param checkpoints completed
 * @param exportMillis from the first event sent until all were exported and committed
 * @param example one record, decoded, as lines to show
 */
record DemoResult(
    Demo.Settings settings,
    Counts expected,
    Report report,
    DemoKeyConfigChange change,
    int changeAt,
    long millisToChange,
    int restarts,
    long checkpoints,
    long exportMillis,
    List<String> example) {
  private static final int PROBLEMS_SHOWN = 5;
  private static final Set<Kind> NOT_OF_CONTENT =
      Set.of(Kind.LOST, Kind.DUPLICATE, Kind.OUT_OF_ORDER, Kind.VERSION_DECREASED);

  /**
   * Number of outputs of each kind.
   *
   * @param deadLetters by reason
   */
  record Counts(long records, long tombstones, Map<String, Long> deadLetters) {
    long allDeadLetters() {
      return deadLetters.values().stream().mapToLong(Long::longValue).sum();
    }

    ObjectNode json() {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("records", records).put("tombstones", tombstones);
      ObjectNode letters = json.putObject("deadLetters");
      deadLetters.forEach((reason, count) -> letters.put(reason, count));
      return json;
    }
  }

  private Counts found() {
    return new Counts(report.records(), report.tombstones(), report.lettersByReason());
  }

  private long faults(Kind kind) {
    return report.counts().getOrDefault(kind, 0L);
  }

  /** Number of messages that differ from the expected ones in bytes, key, headers or topic. */
  private long wrongContents() {
    long all = report.counts().values().stream().mapToLong(Long::longValue).sum();
    return all - NOT_OF_CONTENT.stream().mapToLong(this::faults).sum();
  }

  /** Records of the changed model that name this version of its key config. */
  private long recordsUnder(KeyConfig config) {
    return report.recordsByVersion(config.model()).getOrDefault(config.version(), 0L);
  }

  /** Inputs exported per second, including the crash and the recovery. */
  private long perSecond() {
    return settings.count() * 1000L / Math.max(1, exportMillis);
  }

  private boolean isOutputRight() {
    return report.isClean() && found().equals(expected);
  }

  /** Whether all output was right although a task was killed. */
  boolean isClean() {
    return isOutputRight() && restarts > 0;
  }

  /** Prints it as a table. */
  void print(DemoConsole screen) {
    Counts found = found();
    String sent = DemoConsole.number(settings.count());
    screen.line("");
    screen.line("  @|bold %-28s%12s|@".formatted("events sent", sent));
    screen.line("");
    screen.line("  @|bold %-28s%12s%12s|@".formatted("came out", "expected", "found"));
    row(screen, "records", expected.records(), found.records());
    row(screen, "tombstones", expected.tombstones(), found.tombstones());
    row(screen, "dead letters", expected.allDeadLetters(), found.allDeadLetters());
    for (RejectReason reason : RejectReason.values()) {
      long wanted = expected.deadLetters().getOrDefault(reason.label(), 0L);
      long got = found.deadLetters().getOrDefault(reason.label(), 0L);
      if (wanted + got > 0) {
        row(screen, "  " + reason.label(), wanted, got);
      }
    }
    screen.line("");
    fault(screen, "lost", faults(Kind.LOST));
    fault(screen, "duplicated", faults(Kind.DUPLICATE));
    fault(screen, "out of order", faults(Kind.OUT_OF_ORDER));
    fault(screen, "back to an older version", faults(Kind.VERSION_DECREASED));
    fault(screen, "wrong content", wrongContents());
    report.first().stream()
        .limit(PROBLEMS_SHOWN)
        .forEach(problem -> screen.plain("    " + problem));
    screen.line("");
    screen.line("  @|bold key config of %s|@".formatted(change.model()));
    for (KeyConfig config : List.of(change.from(), change.to())) {
      figure(screen, "records under version " + config.version(), recordsUnder(config));
    }
    if (millisToChange >= 0) {
      figure(screen, "ms to the first of these", millisToChange);
    }
    screen.line("");
    figure(screen, "restarts", restarts);
    figure(screen, "checkpoints", checkpoints);
    String seconds = String.format(Locale.ROOT, "%.1f", exportMillis / 1000.0);
    screen.line("  %-28s%12s".formatted("seconds", seconds));
    figure(screen, "events/s, crash included", perSecond());
    screen.line("");
    screen.line("  @|bold one record, decoded|@");
    example.forEach(line -> screen.plain("  " + line));
    screen.line("");
    conclude(screen);
  }

  private void conclude(DemoConsole screen) {
    if (isClean()) {
      boolean isShown = recordsUnder(change.from()) > 0 && recordsUnder(change.to()) > 0;
      screen.line("  @|bold,green ✓ nothing lost, nothing duplicated, nothing out of order|@,");
      screen.line(
          "    with %sa TaskManager killed on the way"
              .formatted(isShown ? "a key config changed and " : ""));
    } else if (isOutputRight()) {
      screen.line(
          "  @|bold,red ✗ all came out right, but no task was restarted|@: the kill had no effect");
    } else {
      screen.line("  @|bold,red ✗ the output does not match the input|@: see the counts in red");
    }
  }

  private static void row(DemoConsole screen, String name, long expected, long found) {
    String found12 = "%12s".formatted(DemoConsole.number(found));
    String shown = expected == found ? found12 : "@|red " + found12 + "|@";
    screen.line("  %-28s%12s%s".formatted(name, DemoConsole.number(expected), shown));
  }

  private static void fault(DemoConsole screen, String name, long count) {
    String color = count == 0 ? "green" : "red";
    screen.line("  %-28s@|bold,%s %12s|@".formatted(name, color, DemoConsole.number(count)));
  }

  private static void figure(DemoConsole screen, String name, long value) {
    screen.line("  %-28s%12s".formatted(name, DemoConsole.number(value)));
  }

  /** The result as one JSON object. */
  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("ok", isClean()).put("sent", settings.count());
    json.put("seed", settings.seed()).put("parallelism", settings.parallelism());
    json.set("expected", expected.json());
    json.set("found", found().json());
    json.put("lost", faults(Kind.LOST)).put("duplicated", faults(Kind.DUPLICATE));
    json.put("outOfOrder", faults(Kind.OUT_OF_ORDER));
    json.put("olderVersion", faults(Kind.VERSION_DECREASED)).put("wrong", wrongContents());
    json.putObject("keyConfigChange")
        .put("model", change.model())
        .put("from", change.from().version())
        .put("to", change.to().version())
        .put("atEvent", changeAt)
        .put("millisToFirst", millisToChange)
        .put("recordsUnderFrom", recordsUnder(change.from()))
        .put("recordsUnderTo", recordsUnder(change.to()));
    json.put("restarts", restarts).put("checkpoints", checkpoints);
    return json.put("millis", exportMillis).put("eventsPerSecond", perSecond());
  }
}
