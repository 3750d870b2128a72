package io.embeddingexport.job.checks;

import static io.embeddingexport.job.checks.Finding.ok;
import static io.embeddingexport.job.checks.Finding.warning;

import io.embeddingexport.kafka.admin.Permission;
import io.embeddingexport.text.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * Compares the active controller's clock with ours. In the metadata quorum, it reports itself as
 * caught up "now" (KIP-836): the only place where Kafka tells the time without a write.
 */
final class ClockCheck implements Check {
  /** Timestamps and reports stay comparable below this. */
  private static final Duration TOLERATED = Duration.ofSeconds(10);

  @Override
  public String name() {
    return "clock";
  }

  @Override
  public List<Finding> run(PreflightContext context, Brokers brokers) throws InterruptedException {
    try {
      long before = System.currentTimeMillis();
      QuorumInfo quorum = brokers.get(brokers.admin().describeMetadataQuorum().quorumInfo());
      long after = System.currentTimeMillis();
      OptionalLong controller =
          quorum.voters().stream()
              .filter(voter -> voter.replicaId() == quorum.leaderId())
              .map(QuorumInfo.ReplicaState::lastCaughtUpTimestamp)
              .findAny()
              .orElse(OptionalLong.empty());
      return List.of(
          controller.isPresent() && controller.getAsLong() > 0
              ? evaluate(before, controller.getAsLong(), after)
              : unseen("the controller does not report its time", "compare it by hand"));
    } catch (ClusterAuthorizationException e) {
      return List.of(
          unseen(
              "reading the controller's clock needs DESCRIBE on the cluster",
              "to check it: "
                  + context.commands().allow(Permission.cluster(AclOperation.DESCRIBE))));
    } catch (UnsupportedVersionException e) {
      return List.of(unseen("these brokers do not report the time", "compare it by hand"));
    }
  }

  private Finding unseen(String why, String remedy) {
    return warning(name(), "not checked: " + why, remedy);
  }

  /**
   * @param before ms by our clock when the request was sent
   * @param controller ms by the controller's clock when it answered
   * @param after ms by our clock when the answer arrived
   */
  Finding evaluate(long before, long controller, long after) {
    long ahead = Math.max(0, controller - after) - Math.max(0, before - controller);
    String found =
        ahead == 0
            ? "the controller's clock is within "
                + Math.max(1, after - before)
                + " ms of this machine's"
            : "the controller's clock is "
                + DurationText.of(Duration.ofMillis(Math.abs(ahead)))
                + (ahead > 0 ? " ahead of this machine's" : " behind this machine's");
    return Math.abs(ahead) > TOLERATED.toMillis()
        ? warning(
            name(),
            found
                + ": start positions by timestamp, retention and reports of open transactions are"
                + " wrong",
            "sync both with one time server (chrony, ntpd)")
        : ok(name(), found);
  }
}
