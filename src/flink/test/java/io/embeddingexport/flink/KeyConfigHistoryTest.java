package io.embeddingexport.flink;

import static io.embeddingexport.flink.ExportInstance.function;
import static io.embeddingexport.flink.KeyConfigSamples.vector;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.flink.KeyConfigHistoryTest.Step.Checkpoint;
import io.embeddingexport.flink.KeyConfigHistoryTest.Step.Crash;
import io.embeddingexport.flink.KeyConfigHistoryTest.Step.Event;
import io.embeddingexport.flink.KeyConfigHistoryTest.Step.Publish;
import io.embeddingexport.flink.KeyConfigHistoryTest.Step.Refuse;
import io.embeddingexport.flink.KeyConfigHistoryTest.Step.Rescale;
import io.embeddingexport.flink.KeyConfigHistoryTest.Step.Retire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

/** Whatever happens to a job, in whatever order: its key configs are those of a simple model. */
class KeyConfigHistoryTest {
  private static final List<String> MODELS = List.of("ad", "item", "user");

  sealed interface Step {
    record Publish(String model, long version) implements Step {}

    record Retire(String model) implements Step {}

    /** An invalid key config. */
    record Refuse(String model) implements Step {}

    record Event(String model) implements Step {}

    record Checkpoint() implements Step {}

    /** All since the last checkpoint is lost. */
    record Crash() implements Step {}

    /** A stop with a savepoint, and a start from it. */
    record Rescale(int parallelism) implements Step {}
  }

  /** What is known of a model; {@code version 0}: nothing. */
  private record Known(long version, boolean inForce) {
    static final Known NOTHING = new Known(0, false);
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<String> models = Arbitraries.of(MODELS);
    Arbitrary<Step> publish =
        Combinators.combine(models, Arbitraries.longs().between(1, 6)).as(Publish::new);
    return Arbitraries.frequencyOf(
            Tuple.of(6, publish),
            Tuple.of(2, models.map(Retire::new)),
            Tuple.of(2, models.map(Refuse::new)),
            Tuple.of(3, models.map(Event::new)),
            Tuple.of(2, Arbitraries.just(new Checkpoint())),
            Tuple.of(1, Arbitraries.just(new Crash())),
            Tuple.of(2, Arbitraries.integers().between(1, 4).map(Rescale::new)))
        .list()
        .ofMaxSize(40);
  }

  @Property(tries = 100)
  void everyInstanceShouldKnowWhatTheRuleSaysAndEachRefusalShouldBeLetteredOnce(
      @ForAll("histories") List<Step> history) throws Exception {
    run(history);
  }

  @Test
  void from1To4To2To3() throws Exception {
    run(
        List.of(
            new Publish("user", 3),
            new Publish("item", 1),
            new Refuse("ad"),
            new Rescale(4),
            new Publish("user", 5),
            new Retire("item"),
            new Refuse("user"),
            new Rescale(2),
            new Publish("user", 4),
            new Publish("item", 1),
            new Publish("ad", 2),
            new Rescale(3),
            new Crash(),
            new Refuse("ad"),
            new Publish("item", 2),
            new Rescale(1)));
  }

  private static void run(List<Step> history) throws Exception {
    try (KeyConfigLog log = new KeyConfigLog();
        ExportInstances job = ExportInstances.start(log, 2)) {
      Map<String, Known> known = new TreeMap<>();
      List<String> refused = new ArrayList<>();
      int sent = 0;
      for (Step step : history) {
        if (step instanceof Publish publish) {
          log.publish(vector(publish.model(), publish.version()));
          sent++;
          Known before = known.getOrDefault(publish.model(), Known.NOTHING);
          if (publish.version() > before.version()) {
            known.put(publish.model(), new Known(publish.version(), true));
          }
        } else if (step instanceof Retire retire) {
          log.retire(retire.model());
          sent++;
          Known before = known.getOrDefault(retire.model(), Known.NOTHING);
          known.put(retire.model(), new Known(before.version(), false));
        } else if (step instanceof Refuse refuse) {
          log.publishInvalid(refuse.model());
          refused.add(KeyConfigLog.TOPIC + "-0@" + sent++);
        } else if (step instanceof Event event) {
          job.assertOutcome(event.model(), outcome(known, event.model()));
        } else if (step instanceof Rescale rescale) {
          job.rescale(rescale.parallelism());
        } else if (step instanceof Checkpoint) {
          job.checkpoint();
        } else {
          job.crash();
        }
        if (step instanceof Rescale || step instanceof Crash) {
          for (String model : MODELS) {
            job.assertOutcome(model, outcome(known, model));
          }
        }
      }
      job.checkpoint();
      assertThat(job.committedLetters()).isEqualTo(refused);

      // The state alone, without the topic.
      try (ExportInstance restored = ExportInstance.restore(function(), job.firstState())) {
        for (String model : MODELS) {
          assertThat(ExportInstances.shown(restored.decideVector(model)))
              .isEqualTo(outcome(known, model));
        }
      }
    }
  }

  private static String outcome(Map<String, Known> known, String model) {
    Known of = known.get(model);
    return of == null
        ? "no-key-config 0"
        : (of.inForce() ? "exported " : "model-retired ") + of.version();
  }
}
