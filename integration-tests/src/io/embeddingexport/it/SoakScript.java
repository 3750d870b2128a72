package io.embeddingexport.it;

import io.embeddingexport.it.SoakStep.Fault;
import io.embeddingexport.it.SoakStep.Kind;
import io.embeddingexport.it.SoakStep.Noise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * What happens in the soak test, made from a seed: each model's versions 2 to 11, a share of them
 * out of order, the models mixed; noise between them; faults. Version 1 of each is there before.
 */
final class SoakScript {
  static final int STEPS = SoakEvent.MODELS * (SoakConfig.VERSIONS - 1);
  static final int TASK_MANAGER_KILLS = 5;

  private static final int BETWEEN_KILLS = 30;
  private static final int BROKER_KILL = 185;
  private static final List<Integer> RETIREMENTS = List.of(40, 75, 110);

  private final Random random;
  private final List<SoakConfig> order = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>(Collections.nCopies(STEPS, Fault.NONE));
  private final int[] published = new int[SoakEvent.MODELS];
  private final Set<Integer> retired = new HashSet<>();

  private SoakScript(long seed) {
    random = new Random(seed);
  }

  static List<SoakStep> of(long seed) {
    return new SoakScript(seed).steps();
  }

  private List<SoakStep> steps() {
    arrange();
    placeFaults();
    Arrays.fill(published, 1);
    List<SoakStep> steps = new ArrayList<>();
    boolean killsAWaiting = false;
    for (int i = 0; i < STEPS; i++) {
      SoakConfig config = order.get(i);
      boolean isNews = config.version() > published[config.model()];
      if (isNews) {
        published[config.model()] = config.version();
        retired.remove(config.model());
      }
      killsAWaiting |= faults.get(i) == Fault.KILL_WHILE_WAITING;
      Fault fault = faults.get(i);
      if (killsAWaiting) {
        // Only for news does anything wait.
        fault = isNews ? Fault.KILL_WHILE_WAITING : Fault.NONE;
        killsAWaiting = !isNews;
      }
      boolean awaitsWait = isNews && (fault == Fault.KILL_WHILE_WAITING || random.nextInt(5) == 0);
      steps.add(new SoakStep(config, isNews, awaitsWait, noise(i), fault));
    }
    return steps;
  }

  /** Each model's versions in a random order of models; some change places with their next. */
  private void arrange() {
    List<List<Integer>> versions = new ArrayList<>();
    List<Integer> models = new ArrayList<>();
    for (int model = 0; model < SoakEvent.MODELS; model++) {
      List<Integer> ofModel = new ArrayList<>();
      for (int version = 2; version <= SoakConfig.VERSIONS; version++) {
        ofModel.add(version);
        models.add(model);
      }
      for (int i = 0; i + 1 < ofModel.size(); i++) {
        if (random.nextInt(8) == 0) {
          Collections.swap(ofModel, i, i + 1);
          i++;
        }
      }
      versions.add(ofModel);
    }
    Collections.shuffle(models, random);
    for (int model : models) {
      order.add(new SoakConfig(model, versions.get(model).remove(0)));
    }
  }

  private void placeFaults() {
    for (int kill = 0; kill < TASK_MANAGER_KILLS; kill++) {
      faults.set(
          15 + kill * BETWEEN_KILLS + random.nextInt(BETWEEN_KILLS - 10),
          kill % 2 == 0 ? Fault.KILL : Fault.KILL_WHILE_WAITING);
    }
    faults.set(BROKER_KILL, Fault.KILL_BROKER);
  }

  private List<Noise> noise(int step) {
    List<Noise> noise = new ArrayList<>();
    SoakConfig any = present(random.nextInt(SoakEvent.MODELS));
    if (RETIREMENTS.contains(step)) {
      SoakConfig leaving = present(modelWithFarNext(step));
      retired.add(leaving.model());
      noise.add(new Noise(Kind.RETIRE, leaving));
      // Said again after it, the version must not bring the model back.
      noise.add(new Noise(Kind.REPEAT, leaving));
    }
    if (random.nextInt(6) == 0) {
      noise.add(
          new Noise(Kind.REPEAT, new SoakConfig(any.model(), 1 + random.nextInt(any.version()))));
    }
    if (random.nextInt(20) == 0) {
      noise.add(new Noise(Kind.IMPOSTOR, any));
    }
    if (random.nextInt(7) == 0) {
      List<Kind> kinds = List.of(Kind.INVALID, Kind.WRONG_KEY, Kind.GARBAGE);
      noise.add(new Noise(kinds.get(random.nextInt(kinds.size())), any));
    }
    return noise;
  }

  private SoakConfig present(int model) {
    return new SoakConfig(model, published[model]);
  }

  /** The model that waits longest for its next greater version, but surely gets one. */
  private int modelWithFarNext(int step) {
    int farthest = -1;
    Set<Integer> seen = new HashSet<>(retired);
    for (int i = step + 1; i < Math.min(step + 40, STEPS); i++) {
      SoakConfig config = order.get(i);
      if (config.version() > published[config.model()] && seen.add(config.model())) {
        farthest = config.model();
      }
    }
    return farthest;
  }
}
