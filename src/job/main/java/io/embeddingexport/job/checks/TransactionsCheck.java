package io.embeddingexport.job.checks;

import static io.embeddingexport.job.checks.Finding.error;
import static io.embeddingexport.job.checks.Finding.ok;
import static io.embeddingexport.job.checks.Finding.skipped;

import io.embeddingexport.kafka.admin.Permission;
import java.util.List;
import org.apache.kafka.common.acl.AclOperation;

/** Whether the job may use its transactional ids, with the timeout it needs. */
final class TransactionsCheck implements Check {

  @Override
  public String name() {
    return "transactional-id";
  }

  @Override
  public List<Finding> run(PreflightContext context, Brokers brokers) throws InterruptedException {
    if (!context.isExactlyOnce()) {
      return List.of(skipped(name(), "no transactions: " + context.settings().sink().guarantee()));
    }
    String prefix = context.settings().sink().transactionalIdPrefix();
    TransactionalIdProbe probe = TransactionalIdProbe.run(prefix, brokers);
    TransactionTimeout timeout =
        TransactionTimeout.of(
            context,
            brokers.setting(TransactionTimeout.BROKER_MAX),
            probe == TransactionalIdProbe.TIMEOUT_TOO_LONG);
    return List.of(evaluate(context, prefix, probe), timeout.evaluate());
  }

  Finding evaluate(PreflightContext context, String prefix, TransactionalIdProbe probe) {
    return probe == TransactionalIdProbe.NOT_ALLOWED
        ? error(
            name(),
            "WRITE on transactional ids that start with " + prefix + " is not allowed",
            "grant it: "
                + context.commands().allow(Permission.transactionalIds(AclOperation.WRITE, prefix)))
        : ok(name(), "WRITE on " + prefix + "*");
  }
}
