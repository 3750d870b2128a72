package io.embeddingexport.chaos.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.embeddingexport.chaos.cluster.Permissions.Permission;
import io.embeddingexport.chaos.cluster.SubmittedJob.Status;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is done to hosts has the effect that its name says, and ends when it is undone. Needs a
 * network and mounts of its own:
 *
 * <pre>{@code
 * CHAOS_NAMESPACES=1 unshare --net --mount sh -c 'ip link set lo up && mvn -o verify -Dit.test=HostFaultsIT ...'
 * }</pre>
 */
class HostFaultsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private static Path home;
  private static ProcessCluster cluster;
  private static SubmittedJob job;

  @BeforeAll
  static void start() throws Exception {
    assumeThat(System.getenv(Machine.OWN_NAMESPACES)).isEqualTo("1");
    cluster = ProcessCluster.start(TrialJob.plan(home, 3, 1));
    TrialJob.createTopics(cluster);
    job = cluster.job();
    job.start(2);
    awaitCheckpoints(2);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @AfterEach
  void thenItGoesOn() {
    awaitCheckpoints(1);
  }

  @Test
  void anIsolatedTaskManagerShouldBeLostToTheJobAndComeBack() {
    ClusterNode isolated = cluster.taskManagers().get(0);
    int known = taskManagers();
    network().isolate(isolated);
    await("its loss").atMost(PATIENCE).until(() -> taskManagers() == known - 1);
    assertThat(isolated.isRunning()).isTrue();

    network().heal();
    await("its return").atMost(PATIENCE).until(() -> taskManagers() == known);
  }

  @Test
  void aJobManagerCutOffFromZooKeeperShouldNoLongerLead() {
    ClusterNode leader = cluster.leadingJobManager();
    network().cut(leader, cluster.zooKeeper());
    await("another leader")
        .atMost(PATIENCE)
        .until(() -> !cluster.leadingJobManager().equals(leader));
    assertThat(leader.isRunning()).isTrue();
    network().heal();
  }

  @Test
  void aKilledJobManagerThatIsUpAgainShouldNotBeTakenForTheLeaderItWas() {
    ClusterNode leader = cluster.leadingJobManager();
    leader.kill();
    leader.start();
    assertThat(cluster.leadingJobManager()).isNotEqualTo(leader);
  }

  @Test
  void aHostThatLosesEveryPacketShouldNotAnswer() {
    ClusterNode standby = standby();
    assertThat(answers(standby)).isTrue();
    network().lose(standby, 1);
    assertThat(answers(standby)).isFalse();
    network().heal();
    assertThat(answers(standby)).isTrue();
  }

  @Test
  void aSlowHostShouldSendNoFasterThanItMay() throws Exception {
    ClusterNode standby = standby();
    String script = "/" + download(standby, "/").replaceAll("(?s).*(main\\.\\w+\\.js).*", "$1");
    int bytes = download(standby, script).length();
    long rate = bytes / 3;
    network().limit(standby, rate);
    long start = System.nanoTime();
    download(standby, script);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(30));
    network().heal();
  }

  @Test
  void aFullDiskShouldStopCheckpointsUntilItIsRepaired() {
    stopsCheckpoints(disk()::fill);
  }

  @Test
  void aReadOnlyDiskShouldStopCheckpointsUntilItIsRepaired() {
    stopsCheckpoints(disk()::makeReadOnly);
  }

  @Test
  void aLostDiskShouldStopCheckpointsUntilItIsBack() {
    stopsCheckpoints(disk()::takeAway);
  }

  private static void stopsCheckpoints(Runnable fault) {
    fault.run();
    try {
      // One may have been about to complete, or the job be about to fail.
      AtomicLong before = new AtomicLong(-1);
      await("no checkpoint for 6 s")
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofSeconds(6))
          .until(() -> before.getAndSet(completed()) == completed());
    } finally {
      disk().repair();
    }
  }

  @Test
  void aRevokedPermissionShouldFailTheJobUntilItIsGranted() throws Exception {
    cluster.permissions().revoke(Permission.WRITE_LETTERS);
    TrialJob.sendGarbage(cluster);
    awaitStatus(
        status ->
            status.failure() != null && status.failure().contains("TopicAuthorizationException"));
    cluster.permissions().grantAll();
  }

  @Test
  void aShiftedClockShouldBeSeenByTheProcessThatRuns() {
    Clocks clocks = cluster.clocks().orElseThrow();
    ClusterNode shifted = cluster.taskManagers().get(1);
    clocks.shift(shifted, Duration.ofHours(3));
    await("a line from the future").atMost(PATIENCE).until(() -> hoursAhead(shifted) == 3);
    clocks.heal();
    await("a line of now").atMost(PATIENCE).until(() -> hoursAhead(shifted) == 0);
  }

  /** Time of the newest line of its log; the failure of another process makes it write one. */
  private static long hoursAhead(ClusterNode node) {
    for (ClusterNode other : cluster.taskManagers()) {
      if (!other.equals(node)) {
        other.kill();
        other.start();
      }
    }
    awaitCheckpoints(1);
    return node.lastLines(5).stream()
        .filter(line -> line.matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} .*"))
        .map(line -> LocalTime.parse(line.substring(0, 12)))
        .map(time -> Duration.between(LocalTime.now(ZoneId.systemDefault()), time))
        .map(ahead -> ahead.plusDays(1).plusMinutes(30))
        .mapToLong(ahead -> ahead.toHours() % 24)
        .reduce(-1, (earlier, newest) -> newest);
  }

  private static Network network() {
    return cluster.network().orElseThrow();
  }

  private static CheckpointDisk disk() {
    return cluster.disk().orElseThrow();
  }

  private static ClusterNode standby() {
    ClusterNode leader = cluster.leadingJobManager();
    return cluster.jobManagers().stream()
        .filter(node -> !node.equals(leader))
        .findFirst()
        .orElseThrow();
  }

  /** As the JobManager that leads counts them. */
  private static int taskManagers() {
    return cluster
        .rest()
        .get("/taskmanagers")
        .map(found -> found.path("taskmanagers").size())
        .orElse(-1);
  }

  private static long completed() {
    return await("the job's status")
        .atMost(PATIENCE)
        .until(job::status, Optional::isPresent)
        .map(Status::completedCheckpoints)
        .orElseThrow();
  }

  private static boolean answers(ClusterNode jobManager) {
    URI rest = cluster.restOf(jobManager);
    try {
      return Ports.isListening(rest.getHost(), rest.getPort());
    } catch (IOException e) {
      return false;
    }
  }

  private static String download(ClusterNode jobManager, String path) throws IOException {
    URI rest = cluster.restOf(jobManager);
    URLConnection connection = rest.resolve(path).toURL().openConnection();
    connection.setConnectTimeout(2_000);
    connection.setReadTimeout(20_000);
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static void awaitCheckpoints(int more) {
    awaitStatus(Status::running);
    long before = completed();
    awaitStatus(status -> status.running() && status.completedCheckpoints() >= before + more);
  }

  private static void awaitStatus(Predicate<Status> wanted) {
    await("the job's status")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .until(job::status, status -> status.filter(wanted).isPresent());
  }
}
