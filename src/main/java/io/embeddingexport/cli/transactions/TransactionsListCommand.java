package io.embeddingexport.cli.transactions;

import io.embeddingexport.kafka.transactions.JobTransactions;
import io.embeddingexport.kafka.transactions.Transaction;
import io.embeddingexport.kafka.transactions.TransactionReader;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code transactions list}: lists open transactions, and where they hold readers back. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "List the open transactions of a job, the longest open first, and where readers with"
          + " isolation.level=read_committed stop because of them.",
      "It changes nothing. It needs DESCRIBE on the transactional ids (WRITE implies it; others"
          + " are not shown), and READ on the topics to tell what holds a partition back."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:listed, or there are none",
      "1:the brokers cannot be asked",
      "2:wrong usage"
    })
public final class TransactionsListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JobConnection job;
  @ArgGroup private Which which = new Which();

  /** At most one of these options. */
  private static final class Which {
    @Option(
        names = "--prefix",
        paramLabel = "PREFIX",
        description =
            "Another job: its output.transactional-id-prefix (default: that of --config).")
    private @Nullable String prefix;

    @Option(names = "--all", description = "All transactional ids, not only those of export jobs.")
    private boolean all;
  }

  @Option(names = "--all-states", description = "Also ids whose last transaction has ended.")
  private boolean allStates;

  @Option(names = "--json", description = "Print one JSON object per line.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    try (Admin admin = job.open()) {
      JobTransactions ofJob =
          which.prefix == null ? job.ofJob() : new JobTransactions(which.prefix);
      Predicate<String> ids = which.all ? id -> true : ofJob;
      List<Transaction> transactions =
          new TransactionReader(admin, JobConnection.TIMEOUT).list(ids, allStates);
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        new TransactionJson(out, Instant.now()).print(transactions);
      } else if (transactions.isEmpty()) {
        out.println(
            "no %stransaction %sat %s; ids without DESCRIBE permission stay hidden"
                .formatted(
                    allStates ? "" : "open ",
                    which.all ? "" : "of prefix '" + ofJob.prefix() + "' ",
                    job.servers()));
      } else {
        new TransactionText(out, Instant.now()).table(transactions);
      }
      out.flush();
      return 0;
    }
  }
}
