package io.embeddingexport.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.embeddingexport.job.checks.Finding;
import io.embeddingexport.job.checks.Finding.Level;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/** Prints {@code doctor}'s findings: one line each, or JSON. */
record Findings(List<Finding> findings) {

  long count(Level level) {
    return findings.stream().filter(finding -> finding.level() == level).count();
  }

  void print(PrintWriter out, Ansi ansi) {
    int width = findings.stream().mapToInt(f -> f.check().length()).max().orElse(0);
    String format = "%-7s  %-" + width + "s  %s";
    for (Finding finding : findings) {
      // The text is inserted after colouring: it may contain picocli markup.
      String line = format.formatted(finding.level().label(), finding.check(), finding.sentence());
      int level = finding.level().label().length();
      out.println(
          ansi.string("@|" + style(finding.level()) + " " + line.substring(0, level) + "|@")
              + line.substring(level));
    }
    out.println(
        counted(count(Level.ERROR), "error") + ", " + counted(count(Level.WARNING), "warning"));
  }

  private static String counted(long count, String what) {
    return (count == 0 ? "no" : Long.toString(count)) + ' ' + what + (count == 1 ? "" : "s");
  }

  private static String style(Level level) {
    return switch (level) {
      case OK -> "green";
      case SKIPPED -> "faint";
      case WARNING -> "yellow";
      case ERROR -> "red,bold";
    };
  }

  /** An array of objects with the fields check, level, text and remedy, which may be null. */
  void printJson(PrintWriter out) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (Finding finding : findings) {
      json.addObject()
          .put("check", finding.check())
          .put("level", finding.level().label())
          .put("text", finding.text())
          .put("remedy", finding.remedy());
    }
    out.println(json.toPrettyString());
  }
}
