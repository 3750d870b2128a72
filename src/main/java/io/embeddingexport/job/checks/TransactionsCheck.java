package io.embeddingexport.job.checks;

import static io.embeddingexport.job.checks.Finding.error;
import static io.embeddingexport.job.checks.Finding.ok;
import static io.embeddingexport.job.checks.Finding.skipped;

import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** Whether the job may use its transactional ids, and for as long as it wants. */
final class TransactionsCheck implements Check {

  @Override
  public String name() {
    return "transactional-id";
  }

  @Override
  public List<Finding> look(Subject subject, Brokers brokers) throws InterruptedException {
    if (!subject.isExactlyOnce()) {
      return List.of(skipped(name(), "no transactions: " + subject.settings().sink().guarantee()));
    }
    String prefix = subject.settings().sink().transactionalIdPrefix();
    TransactionalIdTrial trial = TransactionalIdTrial.run(prefix, brokers);
    TransactionTimeout timeout =
        TransactionTimeout.of(
            subject, brokerMax(brokers), trial == TransactionalIdTrial.TIMEOUT_TOO_LONG);
    return List.of(judge(subject, prefix, trial), timeout.judge());
  }

  Finding judge(Subject subject, String prefix, TransactionalIdTrial trial) {
    return trial == TransactionalIdTrial.NOT_ALLOWED
        ? error(
            name(),
            "WRITE on transactional ids that start with " + prefix + " is not allowed",
            "grant it: " + subject.commands().allowTransactionalIds(prefix))
        : ok(name(), "WRITE on " + prefix + "*");
  }

  /** Empty if it may not be seen. */
  private static OptionalLong brokerMax(Brokers brokers) throws InterruptedException {
    int broker = brokers.get(brokers.admin().describeCluster().nodes()).iterator().next().id();
    Config config =
        brokers.settings(new ConfigResource(ConfigResource.Type.BROKER, Integer.toString(broker)));
    ConfigEntry max = config == null ? null : config.get(TransactionTimeout.BROKER_MAX);
    return max == null || max.value() == null
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(max.value()));
  }
}
