package io.embeddingexport.cli.transactions;

import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.clients.DurationArgument;
import io.embeddingexport.cli.clients.ErrorLine;
import io.embeddingexport.kafka.admin.Permission;
import io.embeddingexport.kafka.transactions.AbortOutcome;
import io.embeddingexport.kafka.transactions.JobTransactions;
import io.embeddingexport.kafka.transactions.Transaction;
import io.embeddingexport.kafka.transactions.TransactionAbort;
import io.embeddingexport.kafka.transactions.TransactionException;
import io.embeddingexport.kafka.transactions.TransactionReader;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.acl.AclOperation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code transactions}: shows transactions that hold back consumers of committed records, and ends
 * them.
 */
@Command(
    name = "transactions",
    description = "See and end transactions that hold back readers (docs/transactions.md).")
public final class TransactionsCommand {
  @Spec private CommandSpec spec;

  /** At most one of these options. */
  static final class ListChoice {
    @Option(
        names = "--prefix",
        paramLabel = "PREFIX",
        description =
            "Another job: its output.transactional-id-prefix (default: that of --config).")
    private @Nullable String prefix;

    @Option(names = "--all", description = "All transactional ids, not only those of export jobs.")
    private boolean all;
  }

  /** Exactly one of these options. */
  static final class AbortChoice {
    @Parameters(paramLabel = "ID", arity = "1..*", description = "Transactional ids.")
    private Set<String> ids = new LinkedHashSet<>();

    @Option(
        names = "--prefix",
        paramLabel = "PREFIX",
        description = "All transactions of the job with this output.transactional-id-prefix.")
    private @Nullable String prefix;
  }

  @Command(
      name = "list",
      description = {
        "List the open transactions of a job, the longest open first, and where readers with"
            + " isolation.level=read_committed stop because of them.",
        "It changes nothing. It needs DESCRIBE on the transactional ids (WRITE implies it; others"
            + " are not shown), and READ on the topics to tell what holds a partition back."
      },
      exitCodeList = {
        "0:listed, or there are none",
        "1:the brokers cannot be asked",
        "2:wrong usage"
      })
  int list(
      @Mixin JobConnection job,
      @ArgGroup @Nullable ListChoice choice,
      @Option(names = "--all-states", description = "Also ids whose last transaction has ended.")
          boolean allStates,
      @Option(names = "--json", description = "Print one JSON object per line.") boolean json)
      throws Exception {
    ListChoice which = choice == null ? new ListChoice() : choice;
    try (Admin admin = job.open()) {
      JobTransactions ofJob =
          which.prefix == null ? job.ofJob() : new JobTransactions(which.prefix);
      Predicate<String> ids = which.all ? id -> true : ofJob;
      List<Transaction> transactions =
          new TransactionReader(admin, JobConnection.TIMEOUT).list(ids, allStates);
      if (json) {
        printJson(transactions);
      } else if (transactions.isEmpty()) {
        out()
            .println(
                "no %stransaction %sat %s; ids without DESCRIBE permission stay hidden%s"
                    .formatted(
                        allStates ? "" : "open ",
                        which.all ? "" : "of prefix '" + ofJob.prefix() + "' ",
                        job.servers(),
                        which.all
                            ? ""
                            : "; to see them: "
                                + Permission.transactionalIds(AclOperation.DESCRIBE, ofJob.prefix())
                                    .command(job.servers())));
      } else {
        new TransactionText(out(), Instant.now()).table(transactions);
      }
      return 0;
    }
  }

  @Command(
      name = "describe",
      description = {
        "Show the transactions of these ids in full: for each partition, where it began, where"
            + " readers stop, and what stops them there.",
        "It changes nothing."
      },
      exitCodeList = {
        "0:described",
        "1:an id is unknown, or the brokers cannot be asked",
        "2:wrong usage"
      })
  int describe(
      @Mixin JobConnection job,
      @Parameters(paramLabel = "ID", arity = "1..*", description = "Transactional ids.")
          Set<String> ids,
      @Option(names = "--json", description = "Print one JSON object per line.") boolean json)
      throws Exception {
    try (Admin admin = job.open()) {
      List<Transaction> transactions =
          new TransactionReader(admin, JobConnection.TIMEOUT).describe(ids);
      if (json) {
        printJson(transactions);
      } else {
        new TransactionText(out(), Instant.now()).details(transactions);
      }
      transactions.forEach(transaction -> ids.remove(transaction.id()));
      for (String id : ids) {
        ErrorLine.print(
            spec,
            "no coordinator at %s knows transactional id '%s'; 'transactions list --all' shows those open"
                .formatted(job.servers(), id));
      }
      return ids.isEmpty() ? 0 : 1;
    }
  }

  @Command(
      name = "abort",
      description = {
        "Abort open transactions, so that readers with isolation.level=read_committed continue.",
        "Without --yes it only prints what it would do. An abort cannot be undone.",
        "It needs WRITE on the transactional ids, like the job, and no permission on the cluster."
      },
      exitCodeList = {
        "0:aborted, and readers have passed; or none is open; or a dry run",
        "1:an id is not open, is refused, or readers have not passed in time",
        "2:wrong usage"
      })
  int abort(
      @Mixin JobConnection job,
      @ArgGroup(multiplicity = "1") AbortChoice which,
      @Option(
              names = "--older-than",
              paramLabel = "DURATION",
              defaultValue = "0s",
              description = "Only those open longer than this, such as 15min or 2h.")
          String olderThan,
      @Option(names = "--yes", description = "Do it.") boolean yes,
      @Option(
              names = "--wait",
              paramLabel = "DURATION",
              defaultValue = "30s",
              description =
                  "Longest wait until readers have passed each (default: ${DEFAULT-VALUE}).")
          String wait)
      throws Exception {
    Duration atLeast = DurationArgument.parse("--older-than", olderThan);
    Duration patience = DurationArgument.parse("--wait", wait);
    try (Admin admin = job.open()) {
      List<Transaction> chosen = chosen(which, new TransactionReader(admin, JobConnection.TIMEOUT));
      Instant now = Instant.now();
      chosen.removeIf(one -> isYounger(one, atLeast, now));
      if (chosen.isEmpty()) {
        out().println("nothing to abort at " + job.servers());
        return 0;
      }
      new TransactionText(out(), now).table(chosen);
      spec.commandLine()
          .getErr()
          .println(
              """
              warning: the job whose transaction is aborted, if it runs, fails at its next commit, restarts and
              exports the inputs again: nothing is lost. A job that starts later ends such transactions itself.
              A transaction of any other program may be lost for good: ask its owner first.\
              """);
      if (!yes) {
        out().println("dry run: nothing is aborted; --yes aborts " + chosen.size());
        return 0;
      }
      return abort(chosen, new TransactionAbort(admin, JobConnection.TIMEOUT), patience);
    }
  }

  private static boolean isYounger(Transaction transaction, Duration atLeast, Instant now) {
    Duration age = transaction.age(now);
    return age == null || age.compareTo(atLeast) < 0;
  }

  /** The named transactions that can be aborted; nothing is done yet. */
  private static List<Transaction> chosen(AbortChoice which, TransactionReader reader)
      throws Exception {
    if (which.prefix != null) {
      List<Transaction> open =
          new ArrayList<>(reader.list(new JobTransactions(which.prefix), false));
      // The broker is already ending the others.
      open.removeIf(one -> one.state() != TransactionState.ONGOING);
      return open;
    }
    List<Transaction> described = new ArrayList<>(reader.describe(which.ids));
    List<String> refused = new ArrayList<>();
    Set<String> unknown = new LinkedHashSet<>(which.ids);
    for (Transaction one : described) {
      unknown.remove(one.id());
      if (one.state() != TransactionState.ONGOING) {
        refused.add("'" + one.id() + "' is " + one.state());
      }
    }
    unknown.forEach(id -> refused.add("'" + id + "' is unknown"));
    if (!refused.isEmpty()) {
      throw new CommandException(
          "only Ongoing transactions can be aborted: %s; nothing is aborted; see transactions list"
              .formatted(String.join(", ", refused)));
    }
    return described;
  }

  private int abort(List<Transaction> chosen, TransactionAbort abort, Duration patience)
      throws InterruptedException {
    TransactionText text = new TransactionText(out(), Instant.now());
    int status = 0;
    for (Transaction transaction : chosen) {
      try {
        AbortOutcome outcome = abort.abort(transaction, patience);
        text.outcome(transaction, outcome, patience);
        if (!(outcome instanceof AbortOutcome.Aborted aborted) || !aborted.released()) {
          status = 1;
        }
      } catch (TransactionException e) {
        // A refused transaction must not stop the others from being aborted.
        ErrorLine.print(spec, e.getMessage());
        status = 1;
      }
    }
    return status;
  }

  private void printJson(List<Transaction> transactions) {
    Instant now = Instant.now();
    transactions.forEach(transaction -> out().println(TransactionJson.of(transaction, now)));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
