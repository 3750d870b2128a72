package io.embeddingexport.chaos.run;

import io.embeddingexport.audit.CheckPlan;
import io.embeddingexport.audit.ExportChecker;
import io.embeddingexport.chaos.check.Readers;
import io.embeddingexport.chaos.cluster.ChaosCluster;
import io.embeddingexport.chaos.cluster.ClusterPlan;
import io.embeddingexport.chaos.cluster.ProcessCluster;
import io.embeddingexport.chaos.ledger.LedgerEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/** Everything a run consists of: the cluster, the job on it, traffic, and who reads along. */
final class Rig implements AutoCloseable {
  private static final int REPLICAS = 3;
  private static final long LOOK_SECONDS = 5;

  final ChaosTopics topics = ChaosTopics.replicated(REPLICAS);
  final ObservedCluster cluster;
  final ObservedJob job;
  final Clients clients;
  final Watch watch;
  final Traffic traffic;
  final ConfigPublisher configs;
  private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();

  private Rig(RunPlan plan, ChaosCluster started) {
    clients = new Clients(started.clientProperties());
    LedgerEvents events =
        new LedgerEvents(plan.seed(), RunPlan.MODELS, RunPlan.ENTITIES, RunPlan.DIMS);
    ExportChecker checker =
        new ExportChecker(
            new CheckPlan(
                topics.input(),
                ChaosTopics.INPUTS,
                topics.configs(),
                topics.records(),
                Map.of(),
                topics.letters(),
                RunPlan.ENTITIES,
                false,
                events));
    Readers readers = new Readers();
    watch =
        new Watch(
            checker,
            readers,
            new PairedReader(
                clients.committedReader(topics.inputPartitions()),
                clients.committedReader(topics.outputPartitions()),
                checker,
                readers,
                System::nanoTime));
    traffic = new Traffic(clients.producer(), topics.input(), events, plan.rate());
    configs =
        new ConfigPublisher(
            clients,
            topics,
            watch,
            new ConfigVersions(
                new SplittableRandom(plan.seed() + 1), RunPlan.MODELS, RunPlan.DIMS));
    job = new ObservedJob(started.job());
    cluster = new ObservedCluster(started, job);
  }

  /**
   * Starts everything.
   *
   * @param home an existing directory for what the cluster writes
   */
  static Rig start(RunPlan plan, Path home) throws Exception {
    ChaosCluster cluster = startCluster(plan, home);
    Rig rig = null;
    try {
      rig = new Rig(plan, cluster);
      rig.begin();
      return rig;
    } catch (Exception | Error e) {
      if (rig == null) {
        cluster.close();
      } else {
        rig.close();
      }
      throw e;
    }
  }

  private static ChaosCluster startCluster(RunPlan plan, Path home) throws IOException {
    return ProcessCluster.start(
        new ClusterPlan(
            home,
            plan.jobOptions(ChaosTopics.replicated(REPLICAS)),
            RunPlan.TASK_MANAGERS,
            RunPlan.SLOTS));
  }

  private void begin() throws Exception {
    try (Admin admin = clients.admin()) {
      topics.create(admin);
    }
    watch.start();
    configs.storm(1);
    traffic.start();
    job.start(RunPlan.PARALLELISM);
    configs.start();
    looks.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  /** For the tally of restarts. */
  private void look() {
    try {
      job.status();
    } catch (RuntimeException notNow) {
      // Looks again in a moment; a scheduled task that throws would not be run again.
    }
  }

  @Override
  public void close() {
    looks.shutdownNow();
    configs.close();
    traffic.close();
    watch.close();
    cluster.close();
  }
}
