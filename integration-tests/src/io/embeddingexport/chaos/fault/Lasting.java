package io.embeddingexport.chaos.fault;

import io.embeddingexport.chaos.cluster.ChaosCluster;
import java.time.Duration;
import java.util.function.Function;

/**
 * A fault that is one breach, a time, and its repair.
 *
 * @param what in a few words, without the time
 * @param aim finds out what is hit, and touches nothing yet
 */
record Lasting(FaultClass kind, String what, Duration time, Function<ChaosCluster, Injury> aim)
    implements Fault {

  /**
   * @param heal works also after half an injury
   */
  record Injury(Runnable inflict, Runnable heal) {}

  @Override
  public void happen(Stage stage) throws InterruptedException {
    Injury injury = aim.apply(stage.cluster());
    try {
      injury.inflict().run();
      if (!time.isZero()) {
        stage.hold(time);
      }
    } finally {
      injury.heal().run();
    }
  }

  @Override
  public String toString() {
    return time.isZero() ? what : what + " for " + Chance.text(time);
  }
}
