package io.embeddingexport.export;

import static io.embeddingexport.event.ThriftEvents.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.TensorEncoding;
import io.embeddingexport.event.Event;
import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.EventMessage;
import io.embeddingexport.event.EventTensors.PassThroughTensors;
import io.embeddingexport.event.KnownModels;
import io.embeddingexport.event.input.EventInput;
import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeySpec;
import io.embeddingexport.keys.KeySpec.NonFinite;
import io.embeddingexport.thrift.EmbeddingEvent;
import io.embeddingexport.thrift.GeneralTensor;
import io.embeddingexport.thrift.RawTypedTensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Events whose tensors are copied as they stand, against the same events decoded. */
class LaidOutEventsTest {
  private static final List<DataType> TYPES =
      List.of(DataType.FLOAT, DataType.DOUBLE, DataType.INT64, DataType.UINT8, DataType.BOOL);
  private static final ExportLimits LIMITS = ExportLimits.DEFAULT;

  private final EventDecoder thrift = EventInput.of(EventFormat.THRIFT).newDecoder();

  @Property(tries = 300)
  void whatStandsAsInTheKeyConfigGivesTheSameRecordCopiedAsDecoded(@ForAll long seed) {
    Case random = new Case(new Random(seed));
    byte[] event = random.event();

    assertThat(((Event) thrift.decode(EventMessage.of(event), random.configs)).tensors())
        .as("not decoded")
        .isInstanceOf(PassThroughTensors.class)
        .hasToString(random.payloads.size() + " as in the key config");
    requireSame(event, random.configs);
    assertThat(copying(random.configs).export(event, true)).isInstanceOf(Exported.class);
  }

  @Property(tries = 300)
  void whereOnlySomeHaveTheirShapeTheOutcomeIsThatOfADecodedEvent(@ForAll long seed) {
    Random random = new Random(seed);
    Case some = new Case(random);
    some.shaped = position -> random.nextBoolean();
    requireSame(some.event(), some.configs);
  }

  @Property(tries = 2_000)
  void whateverByteIsChangedTheOutcomeIsThatOfADecodedEvent(@ForAll long seed) {
    Random random = new Random(seed);
    Case unchanged = new Case(random);
    byte[] event = unchanged.event();
    event[random.nextInt(event.length)] ^= (byte) (1 << random.nextInt(8));
    requireSame(event, unchanged.configs);
  }

  /** A record can be copied from its event with what is around the content there. */
  @Property(tries = 300)
  void whateverIsAroundTheTensorsTheOutcomeIsThatOfADecodedEvent(@ForAll long seed) {
    Random random = new Random(seed);
    Case inside = new Case(random);
    byte[] event = inside.event();
    byte[] before = unknownField(random);
    byte[] after = unknownField(random);
    ByteBuffer around = ByteBuffer.allocate(before.length + event.length + after.length);
    around.put(before).put(event, 0, event.length - 1).put(after).put((byte) 0);

    assertThat(copying(inside.configs).export(around.array(), true)).isInstanceOf(Exported.class);
    requireSame(around.array(), inside.configs);
  }

  /** Field 99, of random bytes. */
  private static byte[] unknownField(Random random) {
    byte[] bytes = new byte[random.nextInt(150)];
    random.nextBytes(bytes);
    return ByteBuffer.allocate(7 + bytes.length)
        .put((byte) 11)
        .putShort((short) 99)
        .putInt(bytes.length)
        .put(bytes)
        .array();
  }

  @Property(tries = 500)
  void whereverItIsCutTheOutcomeIsThatOfADecodedEvent(@ForAll long seed) {
    Random random = new Random(seed);
    Case whole = new Case(random);
    byte[] event = whole.event();
    requireSame(Arrays.copyOf(event, random.nextInt(event.length)), whole.configs);
  }

  @Property(tries = 300)
  void aNanOrAnInfinityIsRejectedWhereItWouldBeInADecodedEvent(@ForAll long seed) {
    Random random = new Random(seed);
    Case numbers = new Case(random);
    float[] bad = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    for (int i = 0; i < numbers.payloads.size(); i++) {
      ByteBuffer payload = ByteBuffer.wrap(numbers.payloads.get(i));
      if (numbers.config.keys().get(i).dataType() == DataType.FLOAT && payload.hasRemaining()) {
        int bits = Float.floatToRawIntBits(bad[random.nextInt(bad.length)]);
        payload.putInt(4 * random.nextInt(payload.remaining() / 4), Integer.reverseBytes(bits));
      }
    }
    requireSame(numbers.event(), numbers.configs);
  }

  /** A version that is awaited in the middle of an export has other keys. */
  @Property(tries = 50)
  void whatStandsAsInAnEarlierVersionIsDecodedForTheLater(@ForAll long seed) {
    Case before = new Case(new Random(seed));
    KeyConfig next =
        new KeyConfig(
            "m",
            before.config.version() + 1,
            IntStream.range(0, before.config.keys().size())
                .mapToObj(i -> moved(before.config.keys().get(i)))
                .toList(),
            null,
            null,
            null);
    byte[] event = bytes(before.thriftEvent().setKeyConfigVersion(before.config.version() + 1));
    Exporter waiting =
        new Exporter(thrift, before.configs, LIMITS, (model, version) -> before.configs.set(next));
    KeyConfigs later = new KeyConfigs();
    later.set(next);

    assertThat(text(waiting.export(event, true)))
        .isEqualTo(text(decoding(later).export(event, true)));
  }

  private static KeySpec moved(KeySpec spec) {
    return new KeySpec(
        spec.name(),
        spec.key() + 1,
        spec.dataType(),
        spec.shape(),
        spec.encoding(),
        spec.optional(),
        spec.nonFinite());
  }

  private void requireSame(byte[] event, KeyConfigs configs) {
    assertThat(text(copying(configs).export(event, true)))
        .isEqualTo(text(decoding(configs).export(event, true)));
  }

  private Exporter copying(KeyConfigs configs) {
    return new Exporter(thrift, configs, LIMITS);
  }

  private Exporter decoding(KeyConfigs configs) {
    return new Exporter(
        (message, models) -> thrift.decode(message, KnownModels.NONE), configs, LIMITS);
  }

  /** Records compare by their bytes. */
  private static String text(Outcome outcome) {
    return outcome instanceof Exported exported
        ? exported.entityId()
            + " "
            + exported.model()
            + " "
            + exported.keyConfigVersion()
            + " "
            + Arrays.toString(exported.record())
        : outcome.toString();
  }

  /** A key config of raw tensors of fixed shapes, and an event for it. */
  private static final class Case {
    final KeyConfigs configs = new KeyConfigs();
    final KeyConfig config;
    final List<byte[]> payloads = new ArrayList<>();
    private final Random random;

    /** Which tensors have their shape. */
    private IntPredicate shaped;

    Case(Random random) {
      this.random = random;
      boolean all = random.nextBoolean();
      shaped = position -> all;
      List<KeySpec> keys = new ArrayList<>();
      int count = 1 + random.nextInt(4);
      for (int i = 0; i < count; i++) {
        DataType type = TYPES.get(random.nextInt(TYPES.size()));
        Shape shape = Shape.of(random.longs(random.nextInt(3), 0, 5).toArray());
        NonFinite nonFinite =
            type == DataType.FLOAT && random.nextBoolean() ? NonFinite.REJECT : NonFinite.ACCEPT;
        keys.add(
            new KeySpec(
                "näme-" + i,
                random.nextLong(),
                type,
                shape,
                TensorEncoding.RAW,
                random.nextBoolean(),
                nonFinite));
        payloads.add(payload(type, shape));
      }
      config =
          new KeyConfig(
              "m", 1 + random.nextInt(3), keys, random.nextBoolean() ? 7L : null, null, null);
      configs.set(config);
    }

    /** Small numbers, so that none is NaN. */
    private byte[] payload(DataType type, Shape shape) {
      byte[] payload = new byte[type.elementBytes() * shape.fixedElementCount()];
      for (int i = 0; i < payload.length; i++) {
        payload[i] = (byte) random.nextInt(32);
      }
      return payload;
    }

    byte[] event() {
      return bytes(thriftEvent());
    }

    EmbeddingEvent thriftEvent() {
      EmbeddingEvent event = new EmbeddingEvent(random.nextLong(), "m");
      if (random.nextBoolean()) {
        event.setKeyConfigVersion(config.version());
      }
      List<GeneralTensor> tensors =
          IntStream.range(0, payloads.size()).mapToObj(this::tensor).toList();
      if (random.nextBoolean()) {
        return event.setTensors(tensors);
      }
      Map<String, GeneralTensor> named = new LinkedHashMap<>();
      for (int i = 0; i < tensors.size(); i++) {
        named.put(config.keys().get(i).name(), tensors.get(i));
      }
      return event.setNamedTensors(named);
    }

    private GeneralTensor tensor(int position) {
      KeySpec spec = config.keys().get(position);
      RawTypedTensor raw =
          new RawTypedTensor(
              io.embeddingexport.thrift.DataType.findByValue(spec.dataType().code()),
              ByteBuffer.wrap(payloads.get(position)));
      if (shaped.test(position)) {
        raw.setShape(Arrays.stream(spec.shape().toArray()).boxed().toList());
      }
      return GeneralTensor.rawTypedTensor(raw);
    }
  }
}
