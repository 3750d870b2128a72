package io.embeddingexport.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.cli.Main;
import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.input.EventInput;
import io.embeddingexport.export.ExportLimits;
import io.embeddingexport.export.Exporter;
import io.embeddingexport.export.KeyConfigs;
import io.embeddingexport.export.Outcome;
import io.embeddingexport.keys.KeyConfigParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What the pages say can be done. */
class DocsTest {

  static Stream<Path> pages() throws IOException {
    return Stream.concat(
        Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md").map(Path::of),
        Files.walk(Path.of("docs")).filter(file -> file.toString().endsWith(".md")));
  }

  /** Files in which commands may stand, as comments or text. */
  static Stream<Path> filesWithCommands() throws IOException {
    return Stream.concat(
        pages(),
        Stream.of(
                "docker/compose.yaml",
                "etc/embedding-export.yaml",
                "etc/low-latency.yaml",
                "k8s/base/embedding-export.yaml",
                ".ci/run")
            .map(Path::of));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkLeadsToAFile(Path page) {
    assertThat(Markdown.of(page).links())
        .allSatisfy(
            link -> {
              Path base = page.toAbsolutePath().getParent();
              assertThat(base.resolve(link)).as("%s in %s", link, page).exists();
            });
  }

  @ParameterizedTest
  @MethodSource("filesWithCommands")
  void everyCommandIsOneThatParses(Path page) {
    assertThat(Markdown.of(page).commands())
        .allSatisfy(
            command -> assertThat(problem(command)).as("%s in %s", command, page).isEmpty());
  }

  @Test
  void theCommandsOfTheReadmeAreFound() {
    List<String> commands =
        Markdown.of(Path.of("README.md")).commands().stream().map(words -> words.get(0)).toList();

    assertThat(commands)
        .contains("demo", "keys", "produce", "run", "peek", "encode", "decode", "feature-id");
  }

  @Test
  void theReadmesEventsBecomeTheReadmesRecord() throws Exception {
    Markdown readme = Markdown.of(Path.of("README.md"));
    KeyConfigs configs = new KeyConfigs();
    for (String yaml : readme.blocks("yaml")) {
      configs.set(KeyConfigParser.parse("README.md", yaml.getBytes(StandardCharsets.UTF_8)));
    }
    Exporter exporter =
        new Exporter(EventInput.of(EventFormat.JSON).newDecoder(), configs, ExportLimits.DEFAULT);
    byte[] record = HexFormat.of().parseHex(readme.blocks("hex").get(0).strip());

    assertThat(readme.blocks("json"))
        .hasSize(2)
        .allSatisfy(
            json ->
                assertThat(exporter.export(json.getBytes(StandardCharsets.UTF_8), true))
                    .isInstanceOfSatisfying(
                        Outcome.Exported.class,
                        exported -> assertThat(exported.record()).isEqualTo(record)));
  }

  /** What picocli says against the command; empty if nothing. */
  private static String problem(List<String> words) {
    CommandLine commandLine = Main.commandLine();
    try {
      commandLine.parseArgs(words.toArray(String[]::new));
      return "";
    } catch (CommandLine.MissingParameterException e) {
      // A command named in running text stands without what it needs.
      return words.size() <= 2 ? "" : e.getMessage();
    } catch (CommandLine.ParameterException e) {
      return e.getMessage();
    }
  }
}
