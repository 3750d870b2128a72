package io.embeddingexport.chaos.fault;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Makes faults, with particulars by chance. */
final class FaultChoice {
  /** Three TaskManagers with two slots each, less one TaskManager that is down. */
  private static final int MOST = 4;

  /** What is left of all slots beside a job with most of them. */
  private static final int BESIDE = 2;

  /** Partitions of the input topic, from which one is taken. */
  private static final int INPUTS = 6;

  private final RandomGenerator random;
  private final int taskManagers;
  private final boolean network;
  private final boolean disk;
  private int parallelism;

  /**
   * @param taskManagers how many there are
   * @param network whether wires can be broken
   * @param disk whether it is known where JobManagers keep what they read at a takeover
   * @param parallelism of the job now; faults that rescale it change that
   */
  FaultChoice(
      RandomGenerator random, int taskManagers, boolean network, boolean disk, int parallelism) {
    this.random = random;
    this.taskManagers = taskManagers;
    this.network = network;
    this.disk = disk;
    this.parallelism = parallelism;
  }

  Fault make(FaultClass kind) {
    return switch (kind) {
      case KILL_TASK_MANAGER -> ProcessFaults.kill(kind, taskManager());
      case KILL_JOB_MANAGER -> ProcessFaults.kill(kind, Target.anyJobManager(random));
      case KILL_BROKER -> ProcessFaults.kill(kind, Target.anyBroker(random));
      case KILL_TASK_AND_JOB_MANAGER ->
          ProcessFaults.kill(kind, taskManager(), Target.anyJobManager(random));
      case KILL_TASK_MANAGER_AND_BROKER ->
          ProcessFaults.kill(kind, taskManager(), Target.anyBroker(random));
      case SHORT_FREEZE -> ProcessFaults.shortFreeze(random, taskManagers);
      case LONG_FREEZE -> ProcessFaults.longFreeze(random, taskManagers);
      case ROLLING_BROKER_RESTART -> ProcessFaults.rollingBrokerRestart(random);
      case TWO_BROKERS_DOWN -> ProcessFaults.twoBrokersDown(random);
      case NETWORK_CUT -> WireFaults.cut(random, taskManagers);
      case NETWORK_LOSS -> WireFaults.loss(random, taskManagers);
      case SLOW_BROKER -> WireFaults.slowBroker(random, network);
      case CHECKPOINT_DISK_FULL -> HostFaults.diskFull(random);
      case CHECKPOINT_DISK_READ_ONLY -> HostFaults.diskReadOnly(random);
      case CHECKPOINT_DISK_GONE -> HostFaults.diskGone(random);
      case CORRUPT_CHECKPOINT -> CheckpointFaults.corrupt(random, disk, parallelism);
      case DELETED_CHECKPOINT -> CheckpointFaults.deleted(random, disk, parallelism);
      case CONFIG_STORM -> ConfigFaults.storm(random);
      case CONFIG_TOPIC_RESET -> ConfigFaults.reset(random);
      case RESCALE -> Restores.rescale(another());
      case UPGRADE -> Restores.upgrade(random, parallelism);
      case NO_STATE -> new NoState(random.nextBoolean(), any(MOST));
      case OLD_CHECKPOINT -> new OldCheckpoint(random.nextBoolean(), any(MOST));
      case FREEZE_AND_RESCALE ->
          new FreezeAndRescale(
              order(),
              random.nextBoolean(),
              random.nextBoolean(),
              Chance.seconds(random, 0, 10),
              another());
      case LONG_OUTAGE -> new LongOutage(order());
      case SAME_PREFIX -> new SamePrefix(random.nextBoolean(), order());
      case SECOND_JOB -> new SecondJob(random.nextBoolean(), any(BESIDE));
      case GROUP_RESET ->
          new GroupReset(
              random.nextInt(-INPUTS, INPUTS),
              random.nextBoolean(),
              random.nextBoolean(),
              any(MOST));
      case REVOKED_PERMISSION -> HostFaults.revokedPermission(random);
      case CLOCK_JUMP -> HostFaults.clockJump(random, taskManagers);
    };
  }

  private Target taskManager() {
    return Target.anyTaskManager(random, taskManagers);
  }

  /**
   * @param most at most
   */
  private int any(int most) {
    parallelism = 1 + random.nextInt(most);
    return parallelism;
  }

  private int another() {
    int other = 1 + random.nextInt(MOST - 1);
    parallelism = other < parallelism ? other : other + 1;
    return parallelism;
  }

  private List<Integer> order() {
    return Chance.shuffled(random, IntStream.range(0, taskManagers).boxed().toList());
  }
}
