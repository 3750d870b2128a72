package io.embeddingexport.job.checks;

import static io.embeddingexport.job.checks.Finding.error;
import static io.embeddingexport.job.checks.Finding.ok;
import static io.embeddingexport.job.checks.Finding.skipped;

import java.util.List;

/** Whether the job may use its transactional ids, and for as long as it wants. */
final class TransactionsCheck implements Check {

  @Override
  public String name() {
    return "transactional-id";
  }

  @Override
  public List<Finding> look(PreflightContext subject, Brokers brokers) throws InterruptedException {
    if (!subject.isExactlyOnce()) {
      return List.of(skipped(name(), "no transactions: " + subject.settings().sink().guarantee()));
    }
    String prefix = subject.settings().sink().transactionalIdPrefix();
    TransactionalIdProbe trial = TransactionalIdProbe.run(prefix, brokers);
    TransactionTimeout timeout =
        TransactionTimeout.of(
            subject,
            brokers.setting(TransactionTimeout.BROKER_MAX),
            trial == TransactionalIdProbe.TIMEOUT_TOO_LONG);
    return List.of(judge(subject, prefix, trial), timeout.judge());
  }

  Finding judge(PreflightContext subject, String prefix, TransactionalIdProbe trial) {
    return trial == TransactionalIdProbe.NOT_ALLOWED
        ? error(
            name(),
            "WRITE on transactional ids that start with " + prefix + " is not allowed",
            "grant it: " + subject.commands().allowTransactionalIds(prefix))
        : ok(name(), "WRITE on " + prefix + "*");
  }
}
