package io.embeddingexport.cli.proposal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.event.EventMessage;
import io.embeddingexport.event.input.EventInput;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigParser;
import io.embeddingexport.keys.KeySpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProposalTest {
  private static final SchemaHint NONE = new SchemaHint(null, null, null, Map.of());

  @Test
  void wholeNumbersComeBeforeTextsAndIdsOfOtherThingsLast() throws Exception {
    assertThat(mapping("{\"event_id\": 1, \"uuid\": \"u\", \"item_id\": 2, \"v\": [1.5]}"))
        .contains("# or: uuid, event_id\nentity-id: item_id\n");
    assertThat(mapping("{\"name\": \"x\", \"userId\": \"17\", \"v\": [1.5]}"))
        .contains("entity-id: userId\n");
  }

  @Test
  void anIdThatIsTheSameInManyMessagesIsTakenWithAWarning() throws Exception {
    String[] messages =
        Stream.of("a", "b", "c", "d", "e")
            .map(serial -> "{\"site_id\": 3, \"serial\": \"" + serial + "\", \"v\": [1.5]}")
            .toArray(String[]::new);

    assertThat(mapping(messages))
        .contains(
            "# or: serial\nentity-id: site_id # the same in all 5 messages; look at the others\n");
  }

  @Test
  void anIdThatSomeMessagesLackIsNotTaken() throws Exception {
    assertThat(
            mapping(
                "{\"id\": null, \"item\": {\"key\": \"a\"}, \"v\": [1.5]}",
                "{\"id\": 4, \"item\": {\"key\": \"b\"}, \"v\": [1.5]}"))
        .contains("entity-id: {path: item.key, from-string: murmur3}\n");
  }

  @ParameterizedTest
  @CsvSource({
    "1767225600, '{path: at, unit: seconds}'",
    "1767225600.25, '{path: at, unit: seconds}'",
    "1767225600000, at",
    "1767225600000000, '{path: at, unit: micros}'",
    "1767225600000000000, '{path: at, unit: nanos}'",
    "'\"2026-01-01T00:00:00Z\"', at"
  })
  void theUnitOfATimeIsThatOfItsMagnitude(String value, String expected) throws Exception {
    assertThat(mapping("{\"id\": 1, \"at\": " + value + ", \"v\": [1.5]}"))
        .contains("event-time: " + expected + "\n");
  }

  @Test
  void aTimeThatIsNoneIsNotTaken() throws Exception {
    assertThat(mapping("{\"id\": 1, \"at\": 12, \"time\": \"noon\", \"v\": [1.5]}"))
        .doesNotContain("event-time");
  }

  @Test
  void aModelIsTakenFromTheEventsElseFromTheTopic() throws Exception {
    Proposal several =
        proposal(
            "{\"collection_name\": \"a\", \"id\": 1, \"v\": [1.5]}",
            "{\"collection_name\": \"b\", \"id\": 1, \"v\": [1.5, 2]}");

    assertThat(several.mapping()).contains("model: collection_name\n");
    assertThat(
            KeyConfigParser.parseAll("keys", several.keyConfigs().getBytes(UTF_8)).stream()
                .map(config -> config.model() + config.keys().get(0).shape()))
        .containsExactly("a[1]", "b[2]");
    assertThat(mapping("{\"id\": 1, \"v\": [1.5]}")).contains("model: {constant: items}\n");
  }

  @Test
  void tensorsAreListsOfNumbersAndBytesThatReadAsFloats() throws Exception {
    String floats =
        Base64.getEncoder()
            .encodeToString(
                ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(0.5f)
                    .putFloat(-3)
                    .array());

    assertThat(
            mapping(
                "{\"id\": 1, \"hash\": \"5c56c793deadbeef\", \"a\": {\"v\": [[1, 2.5]]},"
                    + " \"b\": {\"v\": \""
                    + floats
                    + "\"}, \"texts\": [\"x\"], \"empty\": [],"
                    + " \"results\": [{\"embedding\": [1, 2]}]}"))
        .endsWith(
            """
            tensors:
              v: a.v
              b_v: b.v
              embedding: "results[0].embedding"
            """);
  }

  @Test
  void aTensorIsNotNamedByAWordThatSaysNothing() throws Exception {
    assertThat(
            mapping(
                "{\"id\": 1, \"taste\": {\"values\": [1.5]}, \"items\": [{\"data\": [2.5]}],"
                    + " \"values\": [3.5]}"))
        .endsWith(
            """
            tensors:
              taste: taste.values
              items: "items[0].data"
              values: values
            """);
  }

  @Test
  void aTensorThatSomeMessagesLackIsOptionalAndItsShapeOpenWhereTheyDiffer() throws Exception {
    Proposal proposal =
        proposal(
            "{\"id\": 1, \"v\": [[1.5], [2]], \"w\": [1.5]}",
            "{\"id\": 1, \"v\": [[1], [2], [3]]}");

    var keys = KeyConfigParser.parse("keys", proposal.keyConfigs().getBytes(UTF_8)).keys();
    assertThat(keys.get(0).shape()).hasToString("[-1,1]");
    assertThat(keys.get(0).optional()).isFalse();
    assertThat(keys.get(1).optional()).isTrue();
  }

  @Test
  void theOutputsOfKserveInJsonAreTheFieldsOfARow() throws Exception {
    String mapping =
        mapping(
            """
            {"model_name": "m", "outputs": [
              {"name": "id", "datatype": "INT64", "shape": [2, 1], "data": [7, 8]},
              {"name": "v", "datatype": "FP32", "shape": [2, 2], "data": [[1, 2], [3, 4.5]]}]}""");

    assertThat(mapping)
        .contains("format: json\npreset: kserve-v2\n")
        .contains("entity-id: id\nmodel: model_name\n")
        .contains("tensors:\n  v: v\n");
  }

  @Test
  void messagesThatAreNoneDoNotChangeTheProposal() throws Exception {
    assertThat(
            mapping("{\"id\": 1, \"v\": [1.5]}", "{\"id\": 2, \"v\": [1.5]}", "{", "{\"id\": []}"))
        .isEqualTo(mapping("{\"id\": 1, \"v\": [1.5]}"));
  }

  @Test
  void namesThatYamlOrPathsWouldChangeAreQuoted() throws Exception {
    assertThat(mapping("{\"a.b\": {\"id\": 1}, \"no\": [1.5], \"x \\\"y\": [2.5]}"))
        .endsWith(
            """
            entity-id: "\\"a.b\\".id"
            model: {constant: items}
            tensors:
              "no": "no"
            """);
  }

  @Test
  void bytesThatAreNotTakenAreNamed(@TempDir Path directory) throws Exception {
    Path schema =
        Files.writeString(
            directory.resolve("item.proto"),
            """
            syntax = "proto3";
            message Item { int64 id = 1; bytes codes = 2; repeated float v = 3; }
            """);
    byte[] event = HexFormat.ofDelimiter(" ").parseHex("08 01 12 03 01 02 03 1a 04 00 00 c0 3f");

    assertThat(
            Proposal.of(
                    "items",
                    List.of(EventMessage.of(event)),
                    new SchemaHint(schema, null, null, Map.of()))
                .mapping())
        .endsWith(
            """
            entity-id: id
            model: {constant: items}
            # left out, since these bytes do not read as little-endian floats: codes
            # if one is a tensor, add NAME: {path: PATH, from: TYPE} (docs/events.md#elements)
            tensors:
              v: v
            """);
  }

  @Test
  void nothingIsProposedWithoutTensorOrId() {
    assertThatThrownBy(() -> proposal("{\"id\": 1, \"name\": \"x\"}"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("no field of the messages is a tensor");
    assertThatThrownBy(() -> proposal("{\"v\": [1.5]}"))
        .hasMessageContaining("nothing in the messages can be the entity id");
  }

  @Test
  void eventsOfOurFormByPositionFitTheKeysThatOthersName() throws Exception {
    Proposal proposal =
        proposal(
            "{\"entityId\": 1, \"model\": \"m\", \"keyConfigVersion\": 3, \"tensors\": [[1.5, 2]]}",
            "{\"entityId\": 1, \"model\": \"m\", \"tensors\": {\"v\": [2.5, 3]}}");

    KeyConfig config = KeyConfigParser.parse("keys", proposal.keyConfigs().getBytes(UTF_8));
    assertThat(config.version()).isEqualTo(3);
    assertThat(config.keys()).extracting(KeySpec::name).containsExactly("v");
  }

  @Test
  void messagesWithoutAFormAreDescribed() {
    assertThatThrownBy(() -> proposal("{\"id\": 1}", "[1]", "x y"))
        .hasMessageStartingWith(
            "the form of the messages is not recognised: 1 of 3 are JSON objects that can be read,"
                + " no KServe response");
    assertThatThrownBy(() -> proposal("", "", "x y"))
        .hasMessage("most values are empty (0 bytes); no mapping makes records of them");
    assertThatThrownBy(() -> proposal("\0"))
        .hasMessage(
            "the messages are DataRecords, which a job writes, not events; peek prints them");
  }

  private static String mapping(String... json) throws Exception {
    return proposal(json).mapping();
  }

  /** The mapping and the key configs are checked. */
  private static Proposal proposal(String... json) throws Exception {
    List<EventMessage> messages =
        Stream.of(json).map(text -> EventMessage.of(text.getBytes(UTF_8))).toList();
    Proposal proposal = Proposal.of("shop.items", messages, NONE);
    EventInput.parse("mapping", proposal.mapping().getBytes(UTF_8));
    KeyConfigParser.parseAll("keys", proposal.keyConfigs().getBytes(UTF_8));
    return proposal;
  }
}
