package io.embeddingexport.cli.transactions;

import io.embeddingexport.cli.clients.ErrorLine;
import io.embeddingexport.kafka.transactions.Transaction;
import io.embeddingexport.kafka.transactions.TransactionReader;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code transactions describe}: shows all details of some transactions. */
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    description = {
      "Show the transactions of these ids in full: for each partition, where it began, where"
          + " readers stop, and what stops them there.",
      "It changes nothing."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:described",
      "1:an id is unknown, or the brokers cannot be asked",
      "2:wrong usage"
    })
public final class DescribeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JobConnection job;

  @Parameters(paramLabel = "ID", arity = "1..*", description = "Transactional ids.")
  private Set<String> ids = new LinkedHashSet<>();

  @Option(names = "--json", description = "Print one JSON object per line.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    try (Admin admin = job.open()) {
      List<Transaction> transactions =
          new TransactionReader(admin, JobConnection.TIMEOUT).describe(ids);
      print(transactions);
      transactions.forEach(transaction -> ids.remove(transaction.id()));
      ids.forEach(
          id ->
              ErrorLine.print(
                  spec,
                  "no coordinator at %s knows transactional id '%s'; 'transactions list --all' shows those open"
                      .formatted(job.servers(), id)));
      return ids.isEmpty() ? 0 : 1;
    }
  }

  private void print(List<Transaction> transactions) throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      new TransactionJson(out, Instant.now()).print(transactions);
    } else {
      TransactionText text = new TransactionText(out, Instant.now());
      for (int i = 0; i < transactions.size(); i++) {
        if (i > 0) {
          out.println();
        }
        text.details(transactions.get(i));
      }
    }
    out.flush();
  }
}
