package io.embeddingexport.chaos.fault;

import io.embeddingexport.chaos.cluster.CheckpointDisk;
import io.embeddingexport.chaos.cluster.Clocks;
import io.embeddingexport.chaos.cluster.ClusterNode;
import io.embeddingexport.chaos.cluster.Permissions.Permission;
import io.embeddingexport.chaos.fault.Lasting.Injury;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** What hosts and brokers deny: disk, right time, permission. */
final class HostFaults {
  private HostFaults() {}

  static Fault diskFull(RandomGenerator random) {
    return disk(
        FaultClass.CHECKPOINT_DISK_FULL, "checkpoint disk full", random, CheckpointDisk::fill);
  }

  static Fault diskReadOnly(RandomGenerator random) {
    return disk(
        FaultClass.CHECKPOINT_DISK_READ_ONLY,
        "checkpoint disk read-only",
        random,
        CheckpointDisk::makeReadOnly);
  }

  static Fault diskGone(RandomGenerator random) {
    return disk(
        FaultClass.CHECKPOINT_DISK_GONE, "checkpoint disk gone", random, CheckpointDisk::takeAway);
  }

  private static Fault disk(
      FaultClass kind, String what, RandomGenerator random, Consumer<CheckpointDisk> change) {
    return new Lasting(
        kind,
        what,
        Chance.seconds(random, 8, 12),
        cluster -> {
          CheckpointDisk disk =
              cluster
                  .disk()
                  .orElseThrow(() -> new FaultException("no disk to break: " + cluster.missing()));
          return new Injury(() -> change.accept(disk), disk::repair);
        });
  }

  static Fault revokedPermission(RandomGenerator random) {
    Permission permission = Permission.values()[random.nextInt(Permission.values().length)];
    return new Lasting(
        FaultClass.REVOKED_PERMISSION,
        "revoke " + permission,
        Chance.seconds(random, 6, 12),
        cluster ->
            new Injury(
                () -> cluster.permissions().revoke(permission),
                () -> cluster.permissions().grantAll()));
  }

  /**
   * From half a minute to twenty, ahead or behind. Of a TaskManager; the clocks of brokers cannot
   * be shifted ({@code FaketimeClocks}).
   */
  static Fault clockJump(RandomGenerator random, int taskManagers) {
    Target target = Target.anyTaskManager(random, taskManagers);
    Duration size = Chance.seconds(random, 30, 20 * 60);
    Duration offset = random.nextBoolean() ? size : size.negated();
    return new Lasting(
        FaultClass.CLOCK_JUMP,
        "clock of " + target + " off by " + Chance.text(offset),
        Chance.seconds(random, 10, 10),
        cluster -> {
          Clocks clocks =
              cluster
                  .clocks()
                  .orElseThrow(() -> new FaultException("no clocks to set: " + cluster.missing()));
          ClusterNode node = target.in(cluster);
          return new Injury(() -> clocks.shift(node, offset), clocks::heal);
        });
  }
}
