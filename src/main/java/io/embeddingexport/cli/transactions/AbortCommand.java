package io.embeddingexport.cli.transactions;

import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.clients.ErrorLine;
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
import java.util.concurrent.Callable;
import org.apache.flink.util.TimeUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionState;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code transactions abort}: ends open transactions so that readers continue. */
@Command(
    name = "abort",
    mixinStandardHelpOptions = true,
    description = {
      "Abort open transactions, so that readers with isolation.level=read_committed continue.",
      "Without --yes it only prints what it would do. An abort cannot be undone.",
      "It needs WRITE on the transactional ids, like the job, and no permission on the cluster."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:aborted, and readers have passed; or none is open; or a dry run",
      "1:an id is not open, is refused, or readers have not passed in time",
      "2:wrong usage"
    })
public final class AbortCommand implements Callable<Integer> {
  /** Longest duration whose nanoseconds fit in a long, in whole centuries. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  @Spec private CommandSpec spec;
  @Mixin private JobConnection job;

  @ArgGroup(multiplicity = "1")
  private Which which = new Which();

  /** Exactly one of these options. */
  private static final class Which {
    @Parameters(paramLabel = "ID", arity = "1..*", description = "Transactional ids.")
    private Set<String> ids = new LinkedHashSet<>();

    @Option(
        names = "--prefix",
        paramLabel = "PREFIX",
        description = "All transactions of the job with this output.transactional-id-prefix.")
    private @Nullable String prefix;
  }

  @Option(
      names = "--older-than",
      paramLabel = "DURATION",
      description = "Only those open longer than this, such as 15min or 2h.")
  private @Nullable String olderThan;

  @Option(names = "--yes", description = "Do it.")
  private boolean yes;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      defaultValue = "30s",
      description = "Longest wait until readers have passed each (default: ${DEFAULT-VALUE}).")
  private String wait = "30s";

  @Override
  public Integer call() throws Exception {
    Duration atLeast = olderThan == null ? Duration.ZERO : duration("--older-than", olderThan);
    Duration patience = duration("--wait", wait);
    try (Admin admin = job.open()) {
      List<Transaction> chosen = chosen(new TransactionReader(admin, JobConnection.TIMEOUT));
      Instant now = Instant.now();
      chosen.removeIf(one -> isYounger(one, atLeast, now));
      PrintWriter out = spec.commandLine().getOut();
      if (chosen.isEmpty()) {
        out.println("nothing to abort at " + job.servers());
        out.flush();
        return 0;
      }
      new TransactionText(out, now).table(chosen);
      out.flush();
      AbortWarning.print(spec.commandLine().getErr());
      if (!yes) {
        out.println("dry run: nothing is aborted; --yes aborts " + chosen.size());
        out.flush();
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
  private List<Transaction> chosen(TransactionReader reader) throws Exception {
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
          "only Ongoing transactions can be aborted: "
              + String.join(", ", refused)
              + "; nothing is aborted; see transactions list");
    }
    return described;
  }

  private int abort(List<Transaction> chosen, TransactionAbort abort, Duration patience)
      throws InterruptedException {
    AbortText text = new AbortText(spec.commandLine().getOut());
    int status = 0;
    for (Transaction transaction : chosen) {
      try {
        AbortOutcome outcome = abort.abort(transaction, patience);
        text.print(transaction, outcome, patience);
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

  private Duration duration(String option, String text) {
    try {
      Duration duration = TimeUtils.parseDuration(text);
      if (duration.compareTo(LONGEST) <= 0) {
        return duration;
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IllegalArgumentException(
          option + " " + text + ": is not a duration; write one such as 90s, 15min or 2h", e);
    }
    throw new IllegalArgumentException(
        option + " " + text + ": is too long; use " + LONGEST.toDays() + " d or less");
  }
}
