package io.embeddingexport.cli.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.embeddingexport.cli.demo.Verdict.Outputs;
import io.embeddingexport.export.RejectReason;
import java.util.Locale;

/** A result, for people and for programs. */
final class Summary {

  /** Prints the result as a table. */
  static void print(DemoResult result, DemoConsole screen) {
    Verdict verdict = result.verdict();
    Outputs expected = verdict.expected();
    Outputs found = verdict.found();
    screen.line("");
    screen.line("  @|bold %-28s%12s|@".formatted("events sent", DemoConsole.number(result.sent())));
    screen.line("");
    screen.line("  @|bold %-28s%12s%12s|@".formatted("came out", "expected", "found"));
    row(screen, "records", expected.records(), found.records());
    row(screen, "tombstones", expected.tombstones(), found.tombstones());
    row(screen, "dead letters", expected.allDeadLetters(), found.allDeadLetters());
    for (RejectReason reason : RejectReason.values()) {
      int wanted = expected.deadLetters().getOrDefault(reason, 0);
      int got = found.deadLetters().getOrDefault(reason, 0);
      if (wanted + got > 0) {
        row(screen, "  " + reason.label(), wanted, got);
      }
    }
    screen.line("");
    fault(screen, "lost", verdict.lost());
    fault(screen, "duplicated", verdict.duplicated());
    fault(screen, "out of order", verdict.outOfOrder());
    fault(screen, "back to an older version", verdict.olderVersion());
    fault(screen, "wrong content", verdict.wrong());
    verdict.problems().forEach(problem -> screen.line("    " + problem));
    screen.line("");
    ChangeOutcome change = result.change();
    screen.line("  @|bold key config of %s|@".formatted(change.model()));
    figure(screen, "records under version " + change.from(), change.recordsUnderFrom());
    figure(screen, "records under version " + change.to(), change.recordsUnderTo());
    if (change.millisToFirst() >= 0) {
      figure(screen, "ms to the first of these", change.millisToFirst());
    }
    screen.line("");
    figure(screen, "restarts", result.restarts());
    figure(screen, "checkpoints", result.checkpoints());
    screen.line(
        "  %-28s%12s"
            .formatted(
                "seconds", String.format(Locale.ROOT, "%.1f", result.exportMillis() / 1000.0)));
    figure(screen, "events/s, crash included", result.perSecond());
    screen.line("");
    screen.line("  @|bold one record, decoded|@");
    result.example().forEach(line -> screen.plain("  " + line));
    screen.line("");
    conclude(result, screen);
  }

  /** The result as one JSON object. */
  static ObjectNode json(DemoResult result, DemoSettings settings) {
    Verdict verdict = result.verdict();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("ok", result.isClean());
    json.put("sent", result.sent());
    json.put("seed", settings.seed());
    json.put("parallelism", settings.parallelism());
    json.set("expected", json(verdict.expected()));
    json.set("found", json(verdict.found()));
    json.put("lost", verdict.lost());
    json.put("duplicated", verdict.duplicated());
    json.put("outOfOrder", verdict.outOfOrder());
    json.put("olderVersion", verdict.olderVersion());
    json.put("wrong", verdict.wrong());
    json.set("keyConfigChange", result.change().json());
    json.put("restarts", result.restarts());
    json.put("checkpoints", result.checkpoints());
    json.put("millis", result.exportMillis());
    json.put("eventsPerSecond", result.perSecond());
    return json;
  }

  private static ObjectNode json(Outputs outputs) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("records", outputs.records());
    json.put("tombstones", outputs.tombstones());
    ObjectNode letters = json.putObject("deadLetters");
    for (RejectReason reason : RejectReason.values()) {
      Integer count = outputs.deadLetters().get(reason);
      if (count != null) {
        letters.put(reason.label(), count);
      }
    }
    return json;
  }

  private static void conclude(DemoResult result, DemoConsole screen) {
    if (result.isClean()) {
      screen.line("  @|bold,green ✓ nothing lost, nothing duplicated, nothing out of order|@,");
      screen.line(
          "    with %sa TaskManager killed on the way"
              .formatted(result.change().isShown() ? "a key config changed and " : ""));
    } else if (result.verdict().isClean()) {
      screen.line(
          "  @|bold,red ✗ all came out right, but no task was restarted|@: the kill had no effect");
    } else {
      screen.line("  @|bold,red ✗ the output does not match the input|@: see the counts in red");
    }
  }

  private static void row(DemoConsole screen, String name, int expected, int found) {
    String found12 = "%12s".formatted(DemoConsole.number(found));
    screen.line(
        "  %-28s%12s%s"
            .formatted(
                name,
                DemoConsole.number(expected),
                expected == found ? found12 : "@|red " + found12 + "|@"));
  }

  private static void fault(DemoConsole screen, String name, int count) {
    screen.line(
        "  %-28s@|bold,%s %12s|@"
            .formatted(name, count == 0 ? "green" : "red", DemoConsole.number(count)));
  }

  private static void figure(DemoConsole screen, String name, long value) {
    screen.line("  %-28s%12s".formatted(name, DemoConsole.number(value)));
  }

  private Summary() {}
}
