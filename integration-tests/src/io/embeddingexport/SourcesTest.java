package io.embeddingexport;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the compiler does not ask of the sources. */
class SourcesTest {
  private static final int MAX_LINES = 400;

  private static final List<String> MODULES =
      List.of("thrift", "datarecord", "flink", "table", "job", "cli");

  private static final List<Path> MAIN = sourcesOf("main");

  private static final List<Path> ROOTS =
      Stream.of(
              MAIN,
              sourcesOf("test"),
              List.of(Path.of("integration-tests/src"), Path.of("benchmarks/src")))
          .flatMap(List::stream)
          .toList();

  @Test
  void noFileIsLongerThan400Lines() {
    assertThat(sources(ROOTS))
        .hasSizeGreaterThan(10)
        .allSatisfy(
            file ->
                assertThat(Files.readAllLines(file).size())
                    .as("lines of %s", file)
                    .isLessThanOrEqualTo(MAX_LINES));
  }

  /** A reader who meets a name must not have to ask which class it is. */
  @Test
  void noTwoFilesHaveOneName() {
    Map<String, List<Path>> byName =
        sources(ROOTS).stream()
            .collect(Collectors.groupingBy(file -> file.getFileName().toString()));
    byName.remove("package-info.java");
    // The one in flink has the name that savepoints know.
    byName.remove("EnvelopeSerializer.java");

    byName.values().removeIf(files -> files.size() == 1);
    assertThat(byName).isEmpty();
  }

  /** Such a sentence is a fragment: it does not say what the thing is. */
  @Test
  void noCommentBeginsWithOf() {
    Pattern fragment = Pattern.compile("(?://|/\\*\\*)\\s+(?:\\*\\s+)?Of\\s");

    assertThat(sources(ROOTS))
        .allSatisfy(file -> assertThat(file).content().doesNotContainPattern(fragment));
  }

  @Test
  void everyPackageSaysWhatItIsFor() {
    List<Path> packages = sources(MAIN).stream().map(Path::getParent).distinct().toList();

    assertThat(packages)
        .isNotEmpty()
        .allSatisfy(
            directory ->
                assertThat(directory.resolve("package-info.java"))
                    .exists()
                    .content()
                    .startsWith("/**")
                    .contains("@NullMarked"));
  }

  @Test
  void noTestSleepsUntilSomethingHasHappened() {
    noClasses()
        .that()
        .doNotHaveSimpleName("RunStage") // lets a fault last: nothing happens that one could await
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(TimeUnit.class, "sleep", long.class)
        .because("Awaitility waits for it")
        .check(
            new ClassFileImporter()
                .importPaths(
                    Stream.concat(
                            MODULES.stream().map("src/"::concat), Stream.of("integration-tests"))
                        .map(module -> Path.of(module, "target/test-classes"))
                        .filter(Files::isDirectory)
                        .toList()));
  }

  private static List<Path> sourcesOf(String kind) {
    return MODULES.stream()
        .map(module -> Path.of("src", module, kind, "java"))
        .filter(Files::isDirectory)
        .toList();
  }

  private static List<Path> sources(List<Path> roots) {
    return roots.stream().flatMap(SourcesTest::sources).toList();
  }

  private static Stream<Path> sources(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
