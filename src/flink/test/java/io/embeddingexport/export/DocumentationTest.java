package io.embeddingexport.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.input.EventInput;
import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.keys.InvalidKeyConfigException;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the examples of {@code docs/key-configs.md} and of our own form of events. */
class DocumentationTest {
  private static final Path KEY_CONFIGS = Path.of("docs/key-configs.md");
  private static final Path EVENTS = Path.of("docs/events/own-form.md");
  private static final Path REASONS = Path.of("docs/events.md");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(.+?)\n(.*?)^```$");
  private static final String REJECTED = "json rejected: ";

  /**
   * @param kind what stands after the fence
   */
  private record Block(String kind, String text) {
    byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  @Test
  void everyKeyConfigOfItsPageShouldBeValid(@TempDir Path dir) throws Exception {
    List<KeyConfig> configs = new ArrayList<>();
    for (Block block : blocks(KEY_CONFIGS, "yaml", "json")) {
      Path file = Files.write(dir.resolve("keys"), block.bytes());
      configs.addAll(KeyConfigParser.parseAll(file));
    }

    assertThat(configs)
        .extracting(KeyConfig::model)
        .containsExactly("user", "user", "item", "item", "query");
  }

  @Test
  void theInvalidKeyConfigShouldHaveTheProblemsShown() throws Exception {
    Block invalid = blocks(KEY_CONFIGS, "yaml invalid").get(0);
    List<Block> texts = blocks(KEY_CONFIGS, "text");
    Block problems = texts.get(texts.size() - 1);

    InvalidKeyConfigException e =
        catchThrowableOfType(
            InvalidKeyConfigException.class, () -> KeyConfigParser.parse("doc", invalid.bytes()));

    assertThat(e.problems()).isEqualTo(problems.text().lines().toList());
  }

  @Test
  void everyEventOfItsPageShouldBecomeARecordOfThePagesKeyConfig() throws Exception {
    Exporter exporter = exporter();
    List<Block> events = blocks(EVENTS, "json");

    assertThat(events).hasSize(3);
    for (Block event : events) {
      assertThat(exporter.export(event.bytes(), true))
          .as(event.text())
          .isInstanceOf(Exported.class);
    }
  }

  @Test
  void numbersAndBase64OfThePageShouldBeTheSameEmbedding() throws Exception {
    Exporter exporter = exporter();
    List<Block> events = blocks(EVENTS, "json");
    String embedding = "0000803e0000c0bf000040406f12833a";

    for (Block event : events) {
      byte[] record = ((Exported) exporter.export(event.bytes(), true)).record();
      assertThat(java.util.HexFormat.of().formatHex(record)).contains(embedding);
    }
  }

  @Test
  void everyRejectedEventOfItsPageShouldBeRejectedInTheWordsShown() throws Exception {
    Exporter exporter = exporter();
    List<Block> rejected =
        blocks(EVENTS).stream().filter(block -> block.kind().startsWith(REJECTED)).toList();
    List<Block> details = blocks(EVENTS, "text");

    assertThat(rejected).hasSize(2).hasSameSizeAs(details);
    for (int i = 0; i < rejected.size(); i++) {
      Rejected outcome = (Rejected) exporter.export(rejected.get(i).bytes(), true);
      assertThat(REJECTED + outcome.reason().label()).isEqualTo(rejected.get(i).kind());
      assertThat(outcome.detail()).isEqualTo(details.get(i).text().strip());
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyRejectReasonShouldHaveItsRow(RejectReason reason) throws Exception {
    String page = Files.readString(REASONS);

    assertThat(page.substring(page.indexOf("## What is rejected")))
        .containsOnlyOnce("\n| `" + reason.label() + "` | ");
  }

  @Test
  void theIdlOfThePageShouldBeThatOfTheFile() throws Exception {
    assertThat(Files.readString(Path.of("thrift/embedding_event.thrift")))
        .contains(blocks(EVENTS, "thrift").get(0).text());
  }

  private static Exporter exporter() throws Exception {
    KeyConfigs configs = new KeyConfigs();
    configs.set(KeyConfigParser.parse("doc", blocks(EVENTS, "yaml").get(0).bytes()));
    return new Exporter(
        EventInput.of(EventFormat.JSON).newDecoder(), configs, ExportLimits.DEFAULT);
  }

  /** The page's fenced blocks of these kinds; of all, if none is named. */
  private static List<Block> blocks(Path page, String... kinds) throws IOException {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(Files.readString(page));
    while (matcher.find()) {
      Block block = new Block(matcher.group(1), matcher.group(2));
      if (kinds.length == 0 || Arrays.asList(kinds).contains(block.kind())) {
        blocks.add(block);
      }
    }
    assertThat(blocks).isNotEmpty();
    return blocks;
  }
}
