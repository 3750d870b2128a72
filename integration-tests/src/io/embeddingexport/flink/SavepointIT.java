package io.embeddingexport.flink;

import static io.embeddingexport.flink.ExportInstance.function;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.export.ExportLimits;
import io.embeddingexport.flink.types.DecisionTypeInfo;
import io.embeddingexport.flink.types.EnvelopeTypeInfo;
import io.embeddingexport.keys.KeyConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Savepoints of earlier releases, in {@code resources/savepoints}, can be restored for ever. How to
 * add one is said there.
 */
class SavepointIT {
  private static final Path SAVEPOINTS = Path.of("integration-tests/resources/savepoints");

  /** Where the release to add a savepoint of is named. */
  private static final String TAKE = "savepoint.take";

  @RegisterExtension static final ThreadLeakCheck THREADS = new ThreadLeakCheck();

  static Stream<Path> releases() throws IOException {
    try (Stream<Path> entries = Files.list(SAVEPOINTS)) {
      return entries.filter(Files::isDirectory).sorted().toList().stream();
    }
  }

  @Test
  void thereIsASavepointOfEveryRelease() throws IOException {
    assertThat(releases().map(release -> release.getFileName().toString())).contains("0.1");
  }

  @ParameterizedTest
  @MethodSource("releases")
  void givenASavepointThenItsKeyConfigsAreInForceInMoreInstances(Path release) throws Exception {
    try (KeyConfigLog log = new KeyConfigLog()) {
      SavepointJob.sendOlder(log);

      assertThat(following(release, 3, log)).containsExactlyInAnyOrderElementsOf(inEach(3));
    }
  }

  @ParameterizedTest
  @MethodSource("releases")
  void givenASavepointThenItsKeyConfigsAreInForceInFewerInstances(Path release) throws Exception {
    try (KeyConfigLog log = new KeyConfigLog()) {
      assertThat(following(release, 1, log)).containsExactlyInAnyOrderElementsOf(inEach(1));
    }
  }

  @ParameterizedTest
  @MethodSource("releases")
  void givenASavepointThenOnlyWhatIsRefusedAfterItIsLettered(Path release) throws Exception {
    try (KeyConfigLog log = new KeyConfigLog()) {
      SavepointJob.sendHistory(log);
      log.publishInvalid("item");
      List<String> expected = inEach(2);
      expected.add("0: item key-config-refused 0 key-configs-0@6");

      assertThat(following(release, 2, log)).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("releases")
  void givenASavepointThenAJobWithFilesAloneGoesOnFromIt(Path release) throws Exception {
    KeyConfig older = KeyConfigSamples.vector("user", 2, 80);

    assertThat(run(release, 2, function(older))).containsExactlyInAnyOrderElementsOf(inEach(2));
  }

  @ParameterizedTest
  @MethodSource("releases")
  void givenASavepointThenTheBroadcastFunctionGoesOnFromIt(Path release) throws Exception {
    KeyConfigBroadcastFunction function =
        new KeyConfigBroadcastFunction(EventFormat.THRIFT, ExportLimits.DEFAULT);
    List<String> expected = inEach(3);
    // It comes once more, on a stream that says nothing of positions.
    expected.add("0: user key-config-refused 0 key-configs-0@5");

    assertThat(
            SavepointJob.run(
                release.toUri().toString(),
                3,
                (env, events) ->
                    events
                        .connect(
                            env.fromData(EnvelopeTypeInfo.INSTANCE, SavepointJob.older())
                                .uid("key-configs")
                                .broadcast(KeyConfigBroadcastFunction.KEY_CONFIGS))
                        .process(function)
                        .returns(DecisionTypeInfo.INSTANCE)
                        .uid(SavepointJob.UID)))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  /** Also for a savepoint that is taken now, in today's format. */
  @Test
  void givenASavepointOfThisReleaseThenItIsRestored(@TempDir Path directory) throws Exception {
    String savepoint = SavepointJob.takeSavepoint(directory);
    try (KeyConfigLog log = new KeyConfigLog()) {
      SavepointJob.sendOlder(log);

      assertThat(following(Path.of(URI.create(savepoint)), 3, log))
          .containsExactlyInAnyOrderElementsOf(inEach(3));
    }
  }

  @Test
  @EnabledIfSystemProperty(named = TAKE, matches = ".+")
  void takeTheSavepointOfARelease(@TempDir Path directory) throws Exception {
    Path savepoint = Path.of(URI.create(SavepointJob.takeSavepoint(directory)));
    Path kept = SAVEPOINTS.resolve(System.getProperty(TAKE));
    try (Stream<Path> files = Files.list(savepoint)) {
      assertThat(files).as("all of it is in one file").hasSize(1);
    }
    Files.createDirectory(kept);
    Files.copy(savepoint.resolve("_metadata"), kept.resolve("_metadata"));
  }

  private static List<String> following(Path savepoint, int parallelism, KeyConfigLog log)
      throws Exception {
    return run(savepoint, parallelism, function().following(log.source(), Duration.ZERO));
  }

  private static List<String> run(Path savepoint, int parallelism, ExportFunction function)
      throws Exception {
    return SavepointJob.run(
        savepoint.toUri().toString(),
        parallelism,
        (env, events) -> SavepointJob.export(events, function));
  }

  private static List<String> inEach(int parallelism) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < parallelism; i++) {
      for (String outcome : SavepointJob.OUTCOMES) {
        lines.add(i + ": " + outcome);
      }
    }
    return lines;
  }
}
