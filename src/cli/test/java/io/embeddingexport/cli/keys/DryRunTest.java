package io.embeddingexport.cli.keys;

import static io.embeddingexport.cli.keys.TopicContentsTest.parsed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.input.InputText;
import io.embeddingexport.export.ExportLimits;
import io.embeddingexport.export.RejectReason;
import io.embeddingexport.flink.types.Decision;
import io.embeddingexport.keys.InvalidKeyConfigException;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Live: version 4 of model m with shape [2]; new: version 5 with shape [3]. */
class DryRunTest {
  private final DryRun dryRun =
      new DryRun(
          List.of(new Comparison(ofThree(), parsed("m", 4, 7))),
          List.of(InputText.of(EventFormat.JSON)),
          ExportLimits.DEFAULT,
          List.of());
  private final List<Decision> exported = new ArrayList<>();
  private long offset;

  DryRunTest() throws Exception {}

  @Test
  void rejectionsShouldBeCountedUnderWhatIsLiveAndUnderWhatIsNew() {
    add(event("m", 0, "[1,2]"));
    add(event("m", 0, "[1,2,3]"));
    add(event("m", 0, "[1,2,3]"));
    add(event("m", 0, "[1]"));
    add(event("m", 9, "[1,2]"));

    DryRunTally tally = dryRun.tallies().get(0);
    assertThat(tally.events()).isEqualTo(5);
    assertThat(tally.rejectedLive()).isEqualTo(4);
    assertThat(tally.rejectedNext()).isEqualTo(3);
    DryRunTally.Count size = tally.reasons().get(RejectReason.SHAPE);
    assertThat(size.live()).isEqualTo(3);
    assertThat(size.next()).isEqualTo(2);
    assertThat(size.example())
        .startsWith("events:0:0: tensor 0 ('a') is [2]")
        .contains("version 5");
    assertThat(tally.superseded()).isZero();
    assertThat(exported).extracting(made -> made.input().offset()).containsExactly(1L, 2L);
  }

  @Test
  void eventsThatNameTheLiveVersionShouldBeSuperseded() {
    add(event("m", 4, "[1,2]"));
    add(event("m", 4, "[1,2]"));
    add(event("m", 3, "[1,2]"));
    add(event("m", 5, "[1,2,3]"));

    DryRunTally tally = dryRun.tallies().get(0);
    assertThat(tally.superseded()).isEqualTo(2);
    assertThat(tally.reasons().get(RejectReason.KEY_CONFIG_VERSION_SUPERSEDED).next()).isEqualTo(3);
    assertThat(tally.reasons().get(RejectReason.KEY_CONFIG_VERSION_SUPERSEDED).live()).isEqualTo(1);
    assertThat(tally.reasons().get(RejectReason.KEY_CONFIG_VERSION_UNKNOWN).live()).isEqualTo(1);
    assertThat(printed())
        .contains(
            "2 events that are exported now name version 4: they would be superseded; make their"
                + " senders name version 5, or none");
  }

  @Test
  void whatNoNewKeyConfigIsForShouldBeCountedApart() {
    add(event("other", 0, "[1,2]"));
    add("no event");
    add(null);

    assertThat(dryRun.inputs()).isEqualTo(3);
    assertThat(dryRun.others()).isEqualTo(2);
    assertThat(dryRun.withoutModel().reasons()).containsOnlyKeys(RejectReason.UNDECODABLE);
    assertThat(dryRun.tallies().get(0).events()).isZero();
  }

  @Test
  void theTextShouldHaveARowAndAnExampleForEachReason() {
    add(event("m", 0, "[1,2]"));
    add(event("m", 0, "[1,2,3]"));

    assertThat(printed().lines().toList())
        .startsWith(
            "the last 2 inputs of events:",
            "",
            "m: 2 events, rejected now: 1, rejected under version 5: 1",
            "  REASON  NOW  THEN",
            "  shape     1     1")
        .endsWith("  1 events that are exported now would be rejected")
        .element(5)
        .asString()
        .startsWith("  events:0:0: tensor 0 ('a') is [2] where key config 'm' version 5 has [3]");
  }

  @Test
  void newKeyConfigsShouldBeHarmlessUntilTheyRejectWhatIsExportedNow() {
    add(event("m", 0, "[1,2,3]"));
    add(event("m", 0, "[1]"));
    add(event("other", 0, "[1,2]"));
    assertThat(dryRun.isHarmless()).isTrue();

    add(event("m", 0, "[1,2]"));
    assertThat(dryRun.isHarmless()).isFalse();
    assertThat(dryRun.tallies().get(0).newlyRejected()).isEqualTo(1);
  }

  private String printed() {
    StringWriter text = new StringWriter();
    String title = new DryRunInputs.Last(1000).title(dryRun.inputs(), List.of("events"));
    new DryRunText(new PrintWriter(text)).print(dryRun, title);
    return text.toString();
  }

  private void add(@Nullable String value) {
    byte[] bytes = value == null ? null : value.getBytes(UTF_8);
    dryRun.add(
        new ConsumerRecord<>("events", 0, offset++, "key".getBytes(UTF_8), bytes), exported::add);
  }

  private static String event(String model, long version, String data) {
    long dim = data.chars().filter(c -> c == ',').count() + 1;
    return """
        {"entityId": 1, "model": "%s", "keyConfigVersion": %d,
         "tensors": [{"dtype": "float", "shape": [%d], "data": %s}]}
        """
        .formatted(model, version, dim, data);
  }

  private static KeyConfig ofThree() {
    try {
      return KeyConfigParser.parse(
          "test", TopicContentsTest.config("m", 5, 7).replace("[2]", "[3]").getBytes(UTF_8));
    } catch (InvalidKeyConfigException e) {
      throw new AssertionError(e);
    }
  }
}
