package io.embeddingexport.chaos.fault;

import io.embeddingexport.chaos.cluster.ChaosCluster;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Which faults come, and in what order: rounds without end. Each round has every class once that
 * can happen on this cluster. The same seed on a cluster that allows the same gives the same
 * faults.
 */
public final class FaultSchedule implements Iterator<Fault> {
  /** What the job is to be started with: faults that restore it keep track from here. */
  public static final int FIRST_PARALLELISM = 4;

  private final RandomGenerator random;
  private final Map<FaultClass, String> leftOut;
  private final FaultChoice choice;
  private final Deque<FaultClass> round = new ArrayDeque<>();

  private FaultSchedule(
      RandomGenerator random, Map<FaultClass, String> leftOut, FaultChoice choice) {
    this.random = random;
    this.leftOut = leftOut;
    this.choice = choice;
  }

  public static FaultSchedule of(long seed, ChaosCluster cluster) {
    RandomGenerator random = new SplittableRandom(seed);
    FaultChoice choice =
        new FaultChoice(
            random,
            cluster.taskManagers().size(),
            cluster.network().isPresent(),
            cluster.disk().isPresent(),
            FIRST_PARALLELISM);
    return new FaultSchedule(random, leftOut(cluster), choice);
  }

  private static Map<FaultClass, String> leftOut(ChaosCluster cluster) {
    Map<FaultClass, String> reasons = new EnumMap<>(FaultClass.class);
    String missing = String.join("; ", cluster.missing());
    for (FaultClass kind : FaultClass.values()) {
      String without =
          switch (kind) {
            case NETWORK_CUT, NETWORK_LOSS ->
                cluster.network().isPresent() ? "" : "no network of its own";
            case CHECKPOINT_DISK_FULL, CHECKPOINT_DISK_READ_ONLY, CHECKPOINT_DISK_GONE ->
                cluster.disk().isPresent() ? "" : "no disk of its own";
            case CLOCK_JUMP -> cluster.clocks().isPresent() ? "" : "no clocks to set";
            default -> "";
          };
      if (!without.isEmpty()) {
        reasons.put(kind, without + ": " + missing);
      }
    }
    return Collections.unmodifiableMap(reasons);
  }

  /** Classes that cannot happen here, and why. */
  public Map<FaultClass, String> leftOut() {
    return leftOut;
  }

  private List<FaultClass> classesOfRound() {
    List<FaultClass> all = new ArrayList<>(Arrays.asList(FaultClass.values()));
    all.removeAll(leftOut.keySet());
    return all;
  }

  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public Fault next() {
    if (round.isEmpty()) {
      round.addAll(Chance.shuffled(random, classesOfRound()));
    }
    return choice.make(round.remove());
  }
}
