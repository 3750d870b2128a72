package io.embeddingexport.export;

import static io.embeddingexport.event.ThriftEvents.bytes;
import static io.embeddingexport.event.ThriftEvents.floats;
import static io.embeddingexport.event.ThriftEvents.named;
import static io.embeddingexport.event.ThriftEvents.positional;
import static io.embeddingexport.event.ThriftEvents.raw;
import static io.embeddingexport.event.ThriftEvents.tensors;
import static io.embeddingexport.event.ThriftEvents.typedFloats;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.EventMessage;
import io.embeddingexport.event.input.EventInput;
import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.keys.KeyConfigParser;
import io.embeddingexport.keys.RetiredModel;
import io.embeddingexport.thrift.DataType;
import io.embeddingexport.thrift.EmbeddingEvent;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way to fail, reached, with what it says. */
class RejectReasonTest {
  private static final String MODELS =
      """
      {"model": "user", "version": 3, "event-time-feature": 9, "keys": [
        {"name": "first",  "key": 1, "dtype": "float", "shape": [2], "non-finite": "reject"},
        {"name": "second", "key": 2, "dtype": "float", "shape": [-1], "optional": true}]}
      """;
  private static final ExportLimits LIMITS = new ExportLimits(1_000, 200);

  private final KeyConfigs configs = new KeyConfigs();
  private final Exporter exporter =
      new Exporter(EventInput.of(EventFormat.THRIFT).newDecoder(), configs, LIMITS);

  @BeforeEach
  void putConfigInForce() throws Exception {
    configs.set(KeyConfigParser.parse("test", MODELS.getBytes(StandardCharsets.UTF_8)));
    configs.set(new RetiredModel("gone", 7, null));
  }

  /** What causes a reason and is said about it; null for the input's bytes: a tombstone. */
  @SuppressWarnings("ArrayRecordComponent") // compared by no one
  private record Case(byte @Nullable [] value, String detail) {}

  /** A switch over every constant, so that one without a case does not compile. */
  private static Case caseOf(RejectReason reason) {
    return switch (reason) {
      case UNDECODABLE -> new Case(new byte[0], "byte 0: needs 1 bytes, 0 remain");
      case EVENT_TOO_LARGE ->
          new Case(
              new byte[1_001],
              "the event has 1001 bytes, but the limit is 1000; send a smaller event, or raise the"
                  + " limit");
      case TOMBSTONE_WITHOUT_KEY ->
          new Case(
              null,
              "a null value without a Kafka key deletes nothing; send it with the entity's key");
      case NO_KEY_CONFIG ->
          new Case(
              positional(1, "usr", floats(1, 2)),
              "no key config for model 'usr'; add one, or correct the event's model");
      case MODEL_RETIRED ->
          new Case(
              positional(1, "gone", floats(1, 2)),
              "model 'gone' is retired; stop sending its events, or publish a key config of"
                  + " version 8 or greater");
      case KEY_CONFIG_VERSION_UNKNOWN ->
          new Case(
              bytes(event().setKeyConfigVersion(4)),
              "the event is for version 4, but key config 'user' version 3 is in force; put the"
                  + " event's version in force, then send the event again");
      case KEY_CONFIG_VERSION_SUPERSEDED ->
          new Case(
              bytes(event().setKeyConfigVersion(2)),
              "the event is for version 2, but key config 'user' version 3 is in force; send the"
                  + " event that is made for that version");
      case ARITY ->
          new Case(
              positional(1, "user", floats(1, 2)),
              "the event has 1 tensors by position, but key config 'user' version 3 has 2"
                  + " keys; send one for each, or send them by name");
      case UNKNOWN_NAME ->
          new Case(
              named(1, "user", tensors("first", floats(1, 2), "secnd", floats(1))),
              "the event's tensor 'secnd' has no key in key config 'user' version 3; correct the"
                  + " name, or add it to a new version");
      case MISSING_NAME ->
          new Case(
              named(1, "user", tensors("second", floats(1))),
              "the event has no tensor 0 ('first'), which key config 'user' version 3 requires;"
                  + " send it, or make its key optional");
      case DUPLICATE_NAME ->
          new Case(
              renamed("secnd", "first", tensors("first", floats(1, 2), "secnd", floats(1))),
              "the event has tensor 0 ('first') twice; send it once");
      case DTYPE ->
          new Case(
              positional(1, "user", floats(1, 2), raw(DataType.INT32, new byte[4])),
              "tensor 1 ('second') is INT32 where key config 'user' version 3 has FLOAT; send that"
                  + " type, or change the key config");
      case SHAPE ->
          new Case(
              positional(1, "user", floats(List.of(1L, 2L), 1, 2), floats(1)),
              "tensor 0 ('first') is [1,2] where key config 'user' version 3 has [2]; send that"
                  + " shape, or change the key config");
      case SIZE ->
          new Case(
              positional(1, "user", floats(1, 2, 3), floats(1)),
              "tensor 0 ('first') is 3 elements where key config 'user' version 3 has [2]; send as"
                  + " many as that shape holds, or state the tensor's shape");
      case NON_FINITE ->
          new Case(
              positional(1, "user", floats(1, Float.NaN), floats(1)),
              "tensor 0 ('first') has a NaN or an infinity at element 1, which key config 'user'"
                  + " version 3 rejects; send finite numbers, or set non-finite: accept");
      case MISSING_EVENT_TIME ->
          new Case(
              positional(1, "user", floats(1, 2), floats(1)),
              "the event has no eventTimeMillis, which key config 'user' version 3 writes; send it,"
                  + " or remove event-time-feature");
      case RECORD_TOO_LARGE ->
          new Case(
              bytes(event().setTensors(List.of(floats(1, 2), floats(new float[50])))),
              "the record would have 329 bytes, but the limit is 200; send smaller tensors, or"
                  + " raise the limit");
      case MISSING_ENTITY_ID, KEY_CONFIG_REFUSED ->
          throw new AssertionError("no event of our own form is rejected for this");
    };
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"KEY_CONFIG_REFUSED", "MISSING_ENTITY_ID"})
  void givenItsCauseWhenExportedThenTheReasonIsGivenInOneSentence(RejectReason reason) {
    Case cause = caseOf(reason);

    Outcome outcome = exporter.export(cause.value(), false);

    assertThat(outcome).isInstanceOf(Rejected.class);
    Rejected rejected = (Rejected) outcome;
    assertThat(rejected.reason()).isEqualTo(reason);
    assertThat(rejected.detail()).isEqualTo(cause.detail());
  }

  @Test
  void givenARecordThatFitsWhenItsKeyAndHeadersDoNotThenItIsRejected() throws Exception {
    byte[] event = bytes(event());
    int size = ((Exported) exporter.export(EventMessage.of(event), 0)).record().length;

    assertThat(exporter.export(EventMessage.of(event), 200 - size)).isInstanceOf(Exported.class);
    assertThat((Rejected) exporter.export(EventMessage.of(event), 201 - size))
        .satisfies(
            rejected -> assertThat(rejected.reason()).isEqualTo(RejectReason.RECORD_TOO_LARGE))
        .satisfies(
            rejected ->
                assertThat(rejected.detail())
                    .startsWith(
                        "the record would have %d bytes and %d of key and headers"
                            .formatted(size, 201 - size)));
  }

  @Test
  void givenTheEventOfTheseCasesWithoutAFaultWhenExportedThenItIsARecord() {
    assertThat(exporter.export(bytes(event()), false)).isInstanceOf(Exported.class);
  }

  @Test
  void givenARawStringTensorWhenTheKeyIsOfStringsThenItIsRejectedSinceItHasNoElements()
      throws Exception {
    configs.set(
        KeyConfigParser.parse(
            "test",
            """
            {"model": "tags", "version": 1, "keys": [
              {"name": "tags", "key": 1, "dtype": "string", "shape": [1]}]}
            """
                .getBytes(StandardCharsets.UTF_8)));
    var opaque = raw(DataType.STRING, new byte[] {1});
    opaque.getRawTypedTensor().setShape(List.of(1L));

    Rejected rejected = (Rejected) exporter.export(positional(1, "tags", opaque), true);

    assertThat(rejected.reason()).isEqualTo(RejectReason.DTYPE);
    assertThat(rejected.detail()).contains("send a StringTensor");
  }

  @Test
  void aNaNIsFoundInTheFirstElementOfATensorThatIsDecoded() {
    Rejected rejected =
        (Rejected)
            exporter.export(positional(1, "user", typedFloats(Double.NaN, 1), floats(1)), true);

    assertThat(rejected.reason()).isEqualTo(RejectReason.NON_FINITE);
    assertThat(rejected.detail()).contains("at element 0,");
  }

  @Test
  void givenADoubleThatNoFloatCanHoldWhenNonFiniteIsRejectedThenSoIsTheEvent() {
    byte[] event = positional(1, "user", typedFloats(1, 1e39), floats(1));

    assertThat(((Rejected) exporter.export(event, true)).reason())
        .isEqualTo(RejectReason.NON_FINITE);
  }

  @Test
  void givenARejectionWhenTheModelIsKnownThenItSaysModelAndVersion() {
    Rejected known = (Rejected) exporter.export(positional(1, "user"), true);
    Rejected unknown = (Rejected) exporter.export(positional(1, "usr"), true);
    Rejected undecodable = (Rejected) exporter.export(new byte[] {1}, true);

    assertThat(List.of(known.model(), known.keyConfigVersion())).isEqualTo(List.of("user", 3L));
    assertThat(List.of(unknown.model(), unknown.keyConfigVersion())).isEqualTo(List.of("usr", 0L));
    assertThat(undecodable.model()).isNull();
    assertThat(undecodable.keyConfigVersion()).isZero();
  }

  @Test
  void givenAModelOfControlCharactersWhenRejectedThenTheDetailStaysOnOneShortLine() {
    String model = "x\n\u001b" + "y".repeat(500);

    Rejected rejected = (Rejected) exporter.export(positional(1, model), true);

    assertThat(rejected.detail()).startsWith("no key config for model 'x??yyy").contains("y…'");
    assertThat(rejected.detail().length()).isLessThan(200);
  }

  @Test
  void givenATombstoneWithAKeyWhenExportedThenItPasses() {
    assertThat(exporter.export(null, true)).isEqualTo(Outcome.Tombstone.INSTANCE);
  }

  private static EmbeddingEvent event() {
    return new EmbeddingEvent(1, "user")
        .setEventTimeMillis(5)
        .setTensors(List.of(floats(1, 2), floats(1)));
  }

  /** The event's bytes with one name put for another of the same length. */
  private static byte[] renamed(
      String from, String to, java.util.Map<String, io.embeddingexport.thrift.GeneralTensor> map) {
    HexFormat hex = HexFormat.of();
    String bytes = hex.formatHex(named(1, "user", map));
    String found = hex.formatHex(from.getBytes(StandardCharsets.UTF_8));
    assertThat(bytes).containsOnlyOnce(found);
    return hex.parseHex(bytes.replace(found, hex.formatHex(to.getBytes(StandardCharsets.UTF_8))));
  }
}
