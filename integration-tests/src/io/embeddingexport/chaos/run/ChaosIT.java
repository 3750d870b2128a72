package io.embeddingexport.chaos.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.chaos.fault.FaultClass;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A short chaos run on loopback, of faults that need no rights of their own. {@code
 * integration-tests/chaos} does all of them, for as long as one likes.
 */
class ChaosIT {
  /** The first faults of this seed are of seven classes. */
  private static final long SEED = 39;

  private static final int FAULTS = 7;

  private static final Set<FaultClass> KINDS =
      EnumSet.of(
          FaultClass.KILL_TASK_MANAGER,
          FaultClass.KILL_JOB_MANAGER,
          FaultClass.KILL_BROKER,
          FaultClass.KILL_TASK_AND_JOB_MANAGER,
          FaultClass.KILL_TASK_MANAGER_AND_BROKER,
          FaultClass.SHORT_FREEZE,
          FaultClass.CONFIG_STORM,
          FaultClass.CONFIG_TOPIC_RESET,
          FaultClass.RESCALE,
          FaultClass.NO_STATE,
          FaultClass.OLD_CHECKPOINT);

  @Test
  void givenFaultsAllTheTimeThenEveryInputComesOutOnce(@TempDir Path home) throws Exception {
    RunPlan plan =
        new RunPlan(
            SEED, Duration.ofSeconds(150), FAULTS, 2_000, KINDS, false, Duration.ofSeconds(1));

    Segment run = ChaosRun.run(plan, home, new Progress(System.out, null, System.nanoTime()));

    assertThat(run.summary().failures()).isEmpty();
    assertThat(run.summary().first()).isEmpty();
    assertThat(run.summary().inputs()).isPositive();
    assertThat(run.faults())
        .isNotEmpty()
        .allSatisfy(fault -> assertThat(fault.recoveryMillis()).isNotNull());
  }
}
