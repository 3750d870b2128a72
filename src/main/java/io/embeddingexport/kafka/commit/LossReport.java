package io.embeddingexport.kafka.commit;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Says what is lost, and what to do. */
final class LossReport {
  private final CommitSettings settings;
  private final int subtask;
  private final int instances;

  /**
   * @param subtask which instance of the sink reports, from 0
   * @param instances how many there are
   */
  LossReport(CommitSettings settings, int subtask, int instances) {
    this.settings = settings;
    this.subtask = subtask;
    this.instances = instances;
  }

  /**
   * @param nowMillis ms since the epoch
   */
  String text(List<LostCommit> lost, long nowMillis) {
    List<String> lines = new ArrayList<>();
    boolean certain = lost.stream().allMatch(LostCommit::certain);
    lines.add(
        lost.size()
            + (lost.size() == 1 ? " transaction was" : " transactions were")
            + " not committed. What "
            + (lost.size() == 1 ? "it" : "they")
            + " held is "
            + (certain ? "lost:" : "lost, or nothing tells whether it is:"));
    lost.forEach(commit -> describe(commit, nowMillis, lines));
    List<SourceRange> ranges =
        lost.stream()
            .map(commit -> commit.transaction().content())
            .flatMap(content -> content == null ? null : content.sources().stream())
            .toList();
    new Replay(settings.transactionalIdPrefix(), ranges)
        .commands()
        .forEach(command -> lines.add("To write it again: " + command));
    lines.add(
        "To go on without it: start from the same checkpoint or savepoint with"
            + " --set restore.accept-loss=true, and take that away afterwards.");
    if (instances > 1 || !lost.stream().allMatch(commit -> commit.transaction().isRestored())) {
      lines.add(
          "This is what instance "
              + (subtask + 1)
              + " of "
              + instances
              + " found; there may be more. Started from there with parallelism 1, and without that"
              + " option, the job fails again and names all.");
    }
    lines.add("docs/guarantees.md, 'When a commit is lost', has all of it.");
    return String.join(System.lineSeparator(), lines);
  }

  private void describe(LostCommit lost, long nowMillis, List<String> lines) {
    TransactionContent content = lost.transaction().content();
    lines.add(
        "  "
            + lost.transaction().kafka().getTransactionalId()
            + (content == null ? "" : ", prepared " + age(content.preparedAtMillis(), nowMillis))
            + ": "
            + (lost.certain() ? "aborted: " : "unknown: ")
            + lost.evidence());
    if (content == null) {
      lines.add("    which inputs it was made of is not known: the state is of an older release");
    } else {
      content.sources().forEach(range -> lines.add("    " + range));
    }
  }

  private String age(long preparedAtMillis, long nowMillis) {
    Instant at = Instant.ofEpochMilli(preparedAtMillis).truncatedTo(ChronoUnit.SECONDS);
    Duration age = Duration.ofMillis(Math.max(0, nowMillis - preparedAtMillis));
    return at
        + " ("
        + age.truncatedTo(ChronoUnit.SECONDS)
            .toString()
            .substring(2)
            .toLowerCase(java.util.Locale.ROOT)
        + " ago; the transaction timeout is "
        + settings.transactionTimeout().toSeconds()
        + " s)";
  }
}
