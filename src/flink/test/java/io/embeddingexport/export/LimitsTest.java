package io.embeddingexport.export;

import static io.embeddingexport.event.ThriftEvents.bytes;
import static io.embeddingexport.event.ThriftEvents.floats;
import static io.embeddingexport.event.ThriftEvents.typedFloats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.EventMessage;
import io.embeddingexport.event.input.EventInput;
import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigParser;
import io.embeddingexport.thrift.EmbeddingEvent;
import io.embeddingexport.thrift.GeneralTensor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A limit itself is allowed; one more is refused. */
class LimitsTest {
  private static final int ANY = 1_000_000;

  private static Exporter exporter(int eventBytes, int recordBytes, String shape) throws Exception {
    KeyConfigs configs = new KeyConfigs();
    configs.set(config(shape));
    return new Exporter(
        EventInput.of(EventFormat.THRIFT).newDecoder(),
        configs,
        new ExportLimits(eventBytes, recordBytes));
  }

  private static KeyConfig config(String shape) throws Exception {
    String json =
        """
        {"model": "m", "version": 5, "keys": [{"key": 1, "dtype": "float", "shape": [%s]}]}
        """
            .formatted(shape);
    return KeyConfigParser.parse("test", json.getBytes(StandardCharsets.UTF_8));
  }

  private static EmbeddingEvent event(GeneralTensor tensor) {
    return new EmbeddingEvent(1, "m").setTensors(List.of(tensor));
  }

  @Test
  void ofAnEvent() throws Exception {
    byte[] event = bytes(event(floats(1, 2)));

    assertThat(exporter(event.length, ANY, "2").export(event, true)).isInstanceOf(Exported.class);
    assertThat(exporter(event.length - 1, ANY, "2").export(event, true))
        .asInstanceOf(type(Rejected.class))
        .returns(RejectReason.EVENT_TOO_LARGE, Rejected::reason);
  }

  /** Copied undecoded, converted to a fixed shape, and of an open shape. */
  static Stream<Named<Object[]>> records() {
    return Stream.of(
        Named.of("copied", new Object[] {floats(1, 2), "2"}),
        Named.of("converted", new Object[] {typedFloats(1, 2), "2"}),
        Named.of("open shape", new Object[] {floats(1, 2), "-1"}));
  }

  @ParameterizedTest
  @MethodSource("records")
  void ofARecordWithItsKeyAndHeaders(Object[] form) throws Exception {
    byte[] event = bytes(event((GeneralTensor) form[0]));
    String shape = (String) form[1];
    int size = ((Exported) exporter(ANY, ANY, shape).export(event, true)).record().length;

    for (int carried : new int[] {0, 1, 40}) {
      assertThat(exporter(ANY, size + carried, shape).export(EventMessage.of(event), carried))
          .isInstanceOf(Exported.class);
      assertThat(exporter(ANY, size + carried - 1, shape).export(EventMessage.of(event), carried))
          .asInstanceOf(type(Rejected.class))
          .returns(RejectReason.RECORD_TOO_LARGE, Rejected::reason)
          .extracting(Rejected::detail)
          .asString()
          .startsWith("the record would have " + size + " bytes");
    }
  }

  @Test
  void ofAKeyConfigVersion() throws Exception {
    Exporter exporter = exporter(ANY, ANY, "2");

    assertThat(reason(exporter, 4)).isEqualTo(RejectReason.KEY_CONFIG_VERSION_SUPERSEDED);
    assertThat(exporter.export(bytes(event(floats(1, 2)).setKeyConfigVersion(5)), true))
        .isInstanceOf(Exported.class);
    assertThat(reason(exporter, 6)).isEqualTo(RejectReason.KEY_CONFIG_VERSION_UNKNOWN);
  }

  @Test
  void ofTheVersionsThatAreAwaited() throws Exception {
    List<String> awaited = new ArrayList<>();
    KeyConfigs configs = new KeyConfigs();
    configs.set(config("2"));
    Exporter exporter =
        new Exporter(
            EventInput.of(EventFormat.THRIFT).newDecoder(),
            configs,
            new ExportLimits(ANY, ANY),
            (model, version) -> awaited.add(model + "@" + version));

    for (String model : List.of("m", "unknown")) {
      for (long version : new long[] {0, 1, 4, 5, 6}) {
        exporter.export(
            bytes(
                new EmbeddingEvent(1, model)
                    .setTensors(List.of(floats(1, 2)))
                    .setKeyConfigVersion(version)),
            true);
      }
    }

    assertThat(awaited).containsExactly("m@6", "unknown@1", "unknown@4", "unknown@5", "unknown@6");
  }

  private static RejectReason reason(Exporter exporter, long version) {
    byte[] event = bytes(event(floats(1, 2)).setKeyConfigVersion(version));
    return ((Rejected) exporter.export(event, true)).reason();
  }
}
