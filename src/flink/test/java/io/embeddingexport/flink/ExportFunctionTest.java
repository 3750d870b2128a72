package io.embeddingexport.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.export.ExportLimits;
import io.embeddingexport.export.KeyConfigId;
import io.embeddingexport.export.Outcome;
import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.export.Outcome.Tombstone;
import io.embeddingexport.export.RejectReason;
import io.embeddingexport.flink.types.Decision;
import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.flink.types.ThriftSamples;
import io.embeddingexport.keys.KeyConfig;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExportFunctionTest {
  private static final byte[] KEY = {9};

  /** 1.0 and -2.0, little-endian. */
  private static final byte[] FLOATS = HexFormat.of().parseHex("0000803f000000c0");

  private static final byte[] EVENT = ThriftSamples.bytes(ThriftSamples.event("user", -5, FLOATS));

  private static final KeyConfig CONFIG = KeyConfigSamples.vector("user", 3);

  @Test
  void anEventBecomesTheRecordThatLibthriftWrites() throws Exception {
    try (ExportInstance instance = ExportInstance.start(ExportInstance.function(CONFIG))) {
      Envelope input = envelope(KEY, EVENT);
      Decision decision = instance.decide(input);

      assertThat(decision.input()).isSameAs(input);
      assertThat(decision.outcome())
          .usingRecursiveComparison()
          .isEqualTo(
              new Exported(
                  ThriftSamples.bytes(ThriftSamples.vector(7, FLOATS)),
                  -5,
                  new KeyConfigId("user", 3),
                  null));
    }
  }

  @Test
  void aJsonEventBecomesTheSameRecord() throws Exception {
    ExportFunction function =
        new ExportFunction(EventFormat.JSON, ExportLimits.DEFAULT, List.of(CONFIG));
    byte[] event =
        "{\"entityId\":-5,\"model\":\"user\",\"tensors\":[[1.0,-2.0]]}"
            .getBytes(StandardCharsets.UTF_8);
    try (ExportInstance instance = ExportInstance.start(function)) {
      assertThat(instance.decide(envelope(null, event)).outcome())
          .isInstanceOfSatisfying(
              Exported.class,
              exported ->
                  assertThat(exported.record())
                      .isEqualTo(ThriftSamples.bytes(ThriftSamples.vector(7, FLOATS))));
    }
  }

  @Test
  void aTombstonePassesIfItHasAKey() throws Exception {
    try (ExportInstance instance = ExportInstance.start(ExportInstance.function(CONFIG))) {
      assertThat(instance.decide(envelope(KEY, null)).outcome()).isSameAs(Tombstone.INSTANCE);
      assertReason(
          RejectReason.TOMBSTONE_WITHOUT_KEY, instance.decide(envelope(null, null)).outcome());
    }
  }

  @Test
  void whatIsNoRecordIsRejectedAndTheNextEventGoesOn() throws Exception {
    try (ExportInstance instance = ExportInstance.start(ExportInstance.function(CONFIG))) {
      assertReason(RejectReason.UNDECODABLE, instance.decide(envelope(KEY, new byte[0])).outcome());
      assertReason(
          RejectReason.UNDECODABLE, instance.decide(envelope(KEY, new byte[] {1, 2})).outcome());
      assertReason(RejectReason.NO_KEY_CONFIG, instance.decideVector("unheard-of"));
      assertThat(instance.version("user")).isEqualTo(3);
    }
  }

  @Test
  void theLimitsReachTheTask() throws Exception {
    ExportFunction function =
        new ExportFunction(
            EventFormat.THRIFT, new ExportLimits(EVENT.length - 1, 1_000), List.of(CONFIG));
    try (ExportInstance instance = ExportInstance.start(function)) {
      assertReason(RejectReason.EVENT_TOO_LARGE, instance.decide(envelope(KEY, EVENT)).outcome());
    }
    function = new ExportFunction(EventFormat.THRIFT, new ExportLimits(1_000, 10), List.of(CONFIG));
    try (ExportInstance instance = ExportInstance.start(function)) {
      assertReason(RejectReason.RECORD_TOO_LARGE, instance.decide(envelope(KEY, EVENT)).outcome());
    }
  }

  @Test
  void onlyHeadersThatTheRecordKeepsCountAgainstItsSize() throws Exception {
    Header[] headers = {new RecordHeader("trace", new byte[900])};
    Envelope input = new Envelope(KEY, EVENT, headers, 0, "events", 0, 0);
    ExportFunction function =
        new ExportFunction(EventFormat.THRIFT, new ExportLimits(1_000, 500), List.of(CONFIG));
    try (ExportInstance instance = ExportInstance.start(function)) {
      assertThat(instance.decide(input).outcome()).isInstanceOf(Exported.class);
    }
    try (ExportInstance instance = ExportInstance.start(function.forwarding(List.of("trace")))) {
      assertReason(RejectReason.RECORD_TOO_LARGE, instance.decide(input).outcome());
    }
  }

  @Test
  void givenTwoConfigsOfAModelThenTheErrorNamesThem() {
    assertThatThrownBy(() -> ExportInstance.function(CONFIG, KeyConfigSamples.vector("user", 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two key configs for model 'user' (versions 3 and 4): keep one");
  }

  @Test
  void givenAConfigThatNoParserMadeThenItIsCheckedOnTheClient() {
    KeyConfig invalid = KeyConfigSamples.vector("user", 0);

    assertThatThrownBy(() -> ExportInstance.function(invalid))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("key config of model 'user'")
        .hasMessageContaining("version: 0");
  }

  private static Envelope envelope(byte @Nullable [] key, byte @Nullable [] value) {
    return new Envelope(key, value, Envelope.NO_HEADERS, 1, "events", 2, 3);
  }

  private static void assertReason(RejectReason reason, Outcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.reason()).isEqualTo(reason));
  }
}
