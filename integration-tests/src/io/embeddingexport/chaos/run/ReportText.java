package io.embeddingexport.chaos.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** A report in Markdown, of one segment or the sum of several. */
final class ReportText {
  private final List<Segment> segments;
  private final List<RunSummary> runs;
  private final List<String> lines = new ArrayList<>();

  private ReportText(List<Segment> segments) {
    this.segments = segments;
    this.runs = segments.stream().map(Segment::summary).toList();
  }

  static String of(List<Segment> segments) {
    ReportText text = new ReportText(segments);
    text.result();
    text.counts();
    text.faults();
    text.leftOut();
    text.wrong();
    return String.join("\n", text.lines) + "\n";
  }

  private void result() {
    boolean clean = runs.stream().allMatch(RunSummary::isClean);
    add("# Chaos run", "");
    add(clean ? "Nothing was found." : "**Something was found: see the end.**", "");
    add("| started | seed | minutes | guarantee | inputs a second | faults | found | machine |");
    add("|---|---|---|---|---|---|---|---|");
    for (Segment segment : segments) {
      RunSummary run = segment.summary();
      add(
          String.format(
              Locale.ROOT,
              "| %s | %d | %.1f | %s | %d | %d | %s | %s |",
              run.started(),
              run.seed(),
              run.minutes(),
              run.guarantee(),
              run.rate(),
              segment.faults().size(),
              run.isClean()
                  ? "nothing"
                  : run.anomalies() + " " + run.failures().size() + " failures",
              run.machine()));
    }
  }

  private void counts() {
    add("", "## What went through", "", "| | |", "|---|---|");
    add(
        String.format(
            Locale.ROOT,
            "| minutes | %.1f |",
            runs.stream().mapToDouble(RunSummary::minutes).sum()));
    count("inputs", RunSummary::inputs);
    count("records", RunSummary::records);
    count("tombstones", RunSummary::tombstones);
    count("dead letters of inputs", RunSummary::letters);
    count("dead letters of refused key configs", RunSummary::refusals);
    count("versions of key configs", RunSummary::configVersions);
    count("checkpoints (seen)", RunSummary::checkpoints);
    count("restarts of the job (seen)", RunSummary::restarts);
    count("submissions of the job", RunSummary::submissions);
    add(
        "| transactional ids of the job on the brokers at the end, at most | "
            + runs.stream().mapToInt(RunSummary::transactionalIds).max().orElse(0)
            + " |");
    add("| faults after which an operator would have had to act | " + operatorActions() + " |");
  }

  /** The job did not come back by itself, or did what it must not. */
  private long operatorActions() {
    return segments.stream()
        .flatMap(segment -> segment.faults().stream())
        .filter(fault -> fault.recoveryMillis() == null || fault.failure() != null)
        .count();
  }

  private void count(String what, ToLongFunction<RunSummary> figure) {
    add(String.format(Locale.ROOT, "| %s | %,d |", what, runs.stream().mapToLong(figure).sum()));
  }

  private void faults() {
    add("", "## Faults, and seconds to recover", "");
    add("| class | faults | p50 | p90 | p99 | max |", "|---|---|---|---|---|---|");
    List<FaultLine> all = segments.stream().flatMap(segment -> segment.faults().stream()).toList();
    Map<String, List<FaultLine>> byKind =
        all.stream()
            .collect(Collectors.groupingBy(FaultLine::kind, TreeMap::new, Collectors.toList()));
    byKind.forEach(this::row);
    row("**all " + byKind.size() + " classes**", all);
  }

  private void row(String name, List<FaultLine> faults) {
    List<Long> times =
        faults.stream().map(FaultLine::recoveryMillis).filter(Objects::nonNull).toList();
    add("| " + name + " | " + faults.size() + " | " + Percentiles.of(times).cells() + " |");
  }

  private void leftOut() {
    Map<String, String> reasons = new TreeMap<>();
    runs.forEach(run -> reasons.putAll(run.leftOut()));
    segments.forEach(segment -> segment.faults().forEach(fault -> reasons.remove(fault.kind())));
    if (!reasons.isEmpty()) {
      add("", "## Classes that did not come", "");
      reasons.forEach((kind, why) -> add("- " + kind + ": " + why));
    }
  }

  private void wrong() {
    if (runs.stream().allMatch(RunSummary::isClean)) {
      return;
    }
    add("", "## What was found", "");
    for (RunSummary run : runs) {
      if (!run.isClean()) {
        add("### Seed " + run.seed() + ", " + run.started(), "");
        run.anomalies().forEach((kind, count) -> add("- " + kind + ": " + count));
        add("", "```text");
        lines.addAll(run.first());
        lines.addAll(run.failures());
        add("```", "");
      }
    }
  }

  private void add(String... more) {
    lines.addAll(List.of(more));
  }
}
