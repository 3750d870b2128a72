package io.embeddingexport.cli.positions;

import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.kafka.positions.PositionEditor;
import io.embeddingexport.kafka.positions.PositionReport;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Prints the planned commits, and makes them if confirmed. */
final class PositionChange {
  private final PositionEditor editor;
  private final PrintWriter out;
  private final Function<PositionReport, PositionPlan> planner;

  /**
   * @param planner makes a plan from the state of the group
   */
  PositionChange(
      PositionEditor editor, PrintWriter out, Function<PositionReport, PositionPlan> planner) {
    this.editor = editor;
    this.out = out;
    this.planner = planner;
  }

  /**
   * Plans from what is visible without changing anything; then, if confirmed, again from the state
   * after the job is fenced.
   *
   * @throws CommandException if the plan is refused; nothing is committed then
   */
  void run(boolean confirmed) throws CommandException, InterruptedException {
    PositionPlan plan = planner.apply(editor.look());
    requireNoProblems(plan);
    if (plan.positions().isEmpty() || !confirmed) {
      print(plan);
      dryRun(plan);
      return;
    }
    List<PositionPlan> applied = new ArrayList<>();
    editor.apply(
        report -> {
          PositionPlan now = planner.apply(report);
          applied.add(now);
          return now.problems().isEmpty() ? now.positions() : Map.of();
        });
    PositionPlan last = applied.get(applied.size() - 1);
    requireNoProblems(last);
    print(last);
    finish(last);
  }

  private static void requireNoProblems(PositionPlan plan) throws CommandException {
    if (!plan.problems().isEmpty()) {
      throw new CommandException(String.join("\n  ", plan.problems()) + "; nothing is committed");
    }
  }

  private void print(PositionPlan plan) {
    plan.lines().forEach(out::println);
    out.flush();
  }

  private void dryRun(PositionPlan plan) throws InterruptedException {
    int count = plan.positions().size();
    if (count == 0) {
      out.println("nothing to commit");
    } else {
      List<String> open = editor.open();
      if (!open.isEmpty()) {
        out.println("aborts open transactions: " + String.join(", ", open));
      }
      out.println(
          "dry run: nothing is committed; stop the job first, or it is fenced and fails; --yes"
              + " commits "
              + positions(count));
    }
    out.flush();
  }

  private void finish(PositionPlan plan) throws InterruptedException {
    PositionReport after = editor.look();
    out.println("committed " + positions(plan.positions().size()) + " of group " + after.groupId());
    if (after.problems().isEmpty()) {
      out.println("the next start continues there");
    } else {
      out.println("a start is still refused:");
      after.problems().forEach(problem -> out.println("  " + problem));
    }
    out.flush();
  }

  private static String positions(int count) {
    return count + (count == 1 ? " position" : " positions");
  }
}
