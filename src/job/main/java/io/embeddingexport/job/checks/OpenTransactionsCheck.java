package io.embeddingexport.job.checks;

import static io.embeddingexport.job.checks.Finding.ok;
import static io.embeddingexport.job.checks.Finding.warning;

import io.embeddingexport.job.options.SideRun;
import io.embeddingexport.kafka.transactions.JobTransactions;
import io.embeddingexport.kafka.transactions.Transaction;
import io.embeddingexport.kafka.transactions.TransactionDescriptions;
import io.embeddingexport.text.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;

/**
 * Finds open transactions whose ids start with our prefix: those of another running job, or of a
 * job that died. An idle job has none open and is not detected.
 */
final class OpenTransactionsCheck implements Check {
  private static final int SHOWN = 5;

  @Override
  public String name() {
    return "open-transactions";
  }

  @Override
  public List<Finding> run(PreflightContext context, Brokers brokers) throws InterruptedException {
    if (!context.isExactlyOnce()) {
      return List.of();
    }
    String prefix = context.settings().sink().transactionalIdPrefix();
    return evaluate(prefix, open(prefix, brokers), System.currentTimeMillis());
  }

  private static List<OpenTransaction> open(String prefix, Brokers brokers)
      throws InterruptedException {
    List<String> ids =
        brokers
            .get(
                brokers
                    .admin()
                    .listTransactions(new ListTransactionsOptions().filterStates(Transaction.OPEN))
                    .all())
            .stream()
            .map(TransactionListing::transactionalId)
            .filter(id -> id.startsWith(prefix) && !SideRun.isOf(prefix, id))
            .sorted()
            .toList();
    TransactionDescriptions answers =
        TransactionDescriptions.ask(
            brokers.admin(), ids, Math.toIntExact(brokers.left().toMillis()));
    List<OpenTransaction> open = new ArrayList<>();
    for (String id : ids) {
      // It may have ended since it was listed.
      answers
          .of(id)
          .filter(transaction -> Transaction.OPEN.contains(transaction.state()))
          .map(transaction -> OpenTransaction.of(id, transaction))
          .ifPresent(open::add);
    }
    return open;
  }

  /**
   * @param nowMillis our clock, to compare with the coordinators' start times
   */
  List<Finding> evaluate(String prefix, List<OpenTransaction> open, long nowMillis) {
    JobTransactions ofJob = new JobTransactions(prefix);
    List<OpenTransaction> ours = open.stream().filter(t -> ofJob.test(t.id())).toList();
    List<OpenTransaction> others = open.stream().filter(t -> !ofJob.test(t.id())).toList();
    List<Finding> findings = new ArrayList<>();
    if (!ours.isEmpty()) {
      findings.add(
          warning(
              name(),
              describe(ours, nowMillis),
              "stop the other job with the prefix "
                  + prefix
                  + " if it runs, or set another prefix for this job; the next start aborts them"
                  + " if that job died, or the brokers do within "
                  + DurationText.of(longestTimeout(ours))
                  + "; bin/embedding-export transactions list, with the same options, shows what"
                  + " they hold back"));
    }
    if (!others.isEmpty()) {
      findings.add(
          warning(
              name(),
              describe(others, nowMillis)
                  + ": they belong to another job, whose prefix starts with this job's, "
                  + prefix,
              "an abort by this job's prefix would abort them, too: end"
                  + " output.transactional-id-prefix with something unique, such as a dot"));
    }
    return findings.isEmpty()
        ? List.of(ok(name(), "no open transaction with the prefix " + prefix))
        : findings;
  }

  private static String describe(List<OpenTransaction> open, long nowMillis) {
    String ids =
        open.stream().limit(SHOWN).map(OpenTransaction::id).collect(Collectors.joining(", "));
    String partitions =
        open.stream()
            .flatMap(transaction -> transaction.partitions().stream())
            .map(Object::toString)
            .distinct()
            .sorted()
            .limit(SHOWN)
            .collect(Collectors.joining(", "));
    return open.size()
        + " open: "
        + ids
        + (open.size() > SHOWN ? ", …" : "")
        + since(open, nowMillis)
        + (partitions.isEmpty() ? "" : ", holding back read_committed readers of " + partitions);
  }

  private static String since(List<OpenTransaction> open, long nowMillis) {
    long oldest =
        open.stream()
            .mapToLong(OpenTransaction::startMillis)
            .filter(start -> start > 0)
            .min()
            .orElse(nowMillis);
    return ", for " + DurationText.of(Duration.ofMillis(Math.max(0, nowMillis - oldest)));
  }

  private static Duration longestTimeout(List<OpenTransaction> open) {
    return Duration.ofMillis(
        open.stream().mapToLong(OpenTransaction::timeoutMillis).max().orElse(0));
  }
}
