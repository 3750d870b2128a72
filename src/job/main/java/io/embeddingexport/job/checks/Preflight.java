package io.embeddingexport.job.checks;

import static io.embeddingexport.job.checks.Finding.skipped;
import static io.embeddingexport.job.checks.Finding.warning;

import io.embeddingexport.job.options.JobOptions;
import io.embeddingexport.kafka.admin.ConnectionFailure;
import io.embeddingexport.kafka.admin.RootMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Finds problems that would make the job fail or lose messages, before it is submitted. It writes
 * only a file that it deletes again, and begins no transaction. Missing permission to look is a
 * warning; a failed check is a finding.
 */
public final class Preflight {
  private static final Check BROKERS = new BrokersCheck();

  private static final List<TopicCheck> ON_TOPICS =
      List.of(
          new TopicsCheck(),
          new TopicPermissionsCheck(),
          new TopicSettingsCheck(),
          new CleanupPolicyCheck(),
          new MessageSizesCheck(),
          new TimestampsCheck(),
          new ParallelismCheck(),
          new OutputPartitionsCheck());

  /** Run in this order: trying the transactional id creates the transaction state topic. */
  private static final List<Check> ON_BROKERS =
      List.of(
          new GroupCheck(),
          new TransactionsCheck(),
          new OpenTransactionsCheck(),
          new PositionRetentionCheck(),
          new ReplicationCheck(),
          new ClockCheck());

  private static final List<LocalCheck> HERE =
      List.of(
          new ClientsCheck(),
          new SchemaRegistryCheck(),
          new CheckpointingCheck(),
          new StorageCheck());

  private final PreflightContext context;
  private final Duration timeout;
  private final List<Finding> findings = new ArrayList<>();

  private Preflight(PreflightContext context, Duration timeout) {
    this.context = context;
    this.timeout = timeout;
  }

  /**
   * Runs all checks, whatever the settings say about preflight.
   *
   * @param timeout for all requests to the brokers together, and for each storage
   */
  public static List<Finding> check(PreflightContext context, Duration timeout)
      throws InterruptedException {
    return new Preflight(context, timeout).check();
  }

  /**
   * Same as {@link #check}; does nothing if the settings turn preflight off.
   *
   * @return the warnings
   * @throws PreflightException if there is an error
   */
  public static List<Finding> require(PreflightContext context)
      throws InterruptedException, PreflightException {
    Duration timeout = context.settings().preflightTimeout();
    if (timeout == null) {
      return List.of();
    }
    List<Finding> trouble =
        check(context, timeout).stream().filter(finding -> finding.level().isTrouble()).toList();
    if (trouble.stream().anyMatch(finding -> finding.level() == Finding.Level.ERROR)) {
      throw new PreflightException(trouble);
    }
    return trouble;
  }

  private List<Finding> check() throws InterruptedException {
    Map<String, Object> client = context.positions().adminProperties(Brokers.CLIENT);
    Optional<ConnectionFailure> tls = ConnectionFailure.plaintextToTls(client);
    if (tls.isPresent()) {
      addUnreachable(BrokersCheck.unreachable(client, tls.get()));
    } else {
      checkBrokers(client);
    }
    for (LocalCheck check : HERE) {
      if (tls.isPresent() && check instanceof ClientsCheck) {
        findings.add(skipped(check.name(), "see " + BROKERS.name()));
      } else {
        guard(check.name(), () -> check.run(context, timeout));
      }
    }
    return List.copyOf(findings);
  }

  private void checkBrokers(Map<String, Object> client) throws InterruptedException {
    try (Brokers brokers = new Brokers(context, timeout)) {
      findings.addAll(BROKERS.run(context, brokers));
      checkTopics(brokers);
      for (Check check : ON_BROKERS) {
        guard(check.name(), () -> check.run(context, brokers));
      }
    } catch (KafkaException e) {
      addUnreachable(BrokersCheck.unreachable(client, e));
    }
  }

  private void addUnreachable(Finding finding) {
    findings.add(finding);
    String why = "no broker answers (see " + BROKERS.name() + ")";
    ON_TOPICS.forEach(check -> findings.add(skipped(check.name(), why)));
    ON_BROKERS.forEach(check -> findings.add(skipped(check.name(), why)));
  }

  private void checkTopics(Brokers brokers) throws InterruptedException {
    List<TopicStates> asked = new ArrayList<>();
    guard(
        ON_TOPICS.get(0).name(),
        () -> {
          asked.add(brokers.topics(context));
          return List.of();
        });
    for (TopicStates topics : asked) {
      for (TopicCheck check : ON_TOPICS) {
        guard(check.name(), () -> check.evaluate(context, topics));
      }
    }
  }

  private interface Guarded {
    List<Finding> run() throws InterruptedException;
  }

  /** A check that throws must not stop the other checks, or the start of the job. */
  private void guard(String name, Guarded check) throws InterruptedException {
    try {
      findings.addAll(check.run());
    } catch (InterruptException e) {
      throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
    } catch (RuntimeException e) {
      findings.add(
          warning(
              name,
              "could not be checked: " + RootMessage.of(e),
              "try again; raise "
                  + JobOptions.PREFLIGHT_TIMEOUT.key()
                  + " if the brokers are slow"));
    }
  }
}
