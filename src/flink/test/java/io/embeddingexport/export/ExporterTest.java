package io.embeddingexport.export;

import static io.embeddingexport.event.ThriftEvents.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.input.EventInput;
import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigParser;
import io.embeddingexport.thrift.DataRecord;
import io.embeddingexport.thrift.DataType;
import io.embeddingexport.thrift.EmbeddingEvent;
import io.embeddingexport.thrift.FloatTensor;
import io.embeddingexport.thrift.GeneralTensor;
import io.embeddingexport.thrift.Int64Tensor;
import io.embeddingexport.thrift.RawTypedTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializer;

/**
 * The record of an event, against what libthrift's generated classes write for the same tensors.
 */
class ExporterTest {
  private static final long ENTITY_FEATURE = 70;
  private static final long TIME_FEATURE = 71;

  /** Four tensors: raw FLOAT matrix, typed FLOAT, typed INT64, raw FLOAT of any length. */
  private static final String CONFIG =
      """
      {"model": "m", "version": 2, "entity-id-feature": 70, "event-time-feature": 71,
       "output-topic": "records-of-m", "keys": [
        {"name": "matrix", "key": 11, "dtype": "float", "shape": [2, 3]},
        {"name": "typed", "key": -12, "dtype": "float", "shape": [4], "encoding": "typed"},
        {"name": "ids", "key": 13, "dtype": "int64", "shape": [2], "encoding": "typed",
         "optional": true},
        {"name": "open", "key": 9223372036854775807, "dtype": "float", "shape": [-1, 2],
         "optional": true}]}
      """;

  private static final List<String> NAMES = List.of("matrix", "typed", "ids", "open");

  private final KeyConfigs configs = new KeyConfigs();
  private final Exporter exporter =
      new Exporter(EventInput.of(EventFormat.THRIFT).newDecoder(), configs, ExportLimits.DEFAULT);

  ExporterTest() throws Exception {
    KeyConfig config = KeyConfigParser.parse("test", CONFIG.getBytes(StandardCharsets.UTF_8));
    configs.set(config);
  }

  @Property(tries = 200)
  void theRecordOfTensorsByPositionShouldBeLibthriftsByteForByte(@ForAll long seed)
      throws TException {
    Values values = new Values(new Random(seed));

    byte[] record = export(values.event().setTensors(values.sent));

    assertThat(record).isEqualTo(values.record(List.of(true, true, true, true)));
  }

  @Property(tries = 200)
  void theRecordOfTensorsByNameInAnyOrderShouldBeLibthriftsByteForByte(
      @ForAll long seed, @ForAll boolean withIds, @ForAll boolean withOpen) throws TException {
    Values values = new Values(new Random(seed));
    List<Boolean> present = List.of(true, true, withIds, withOpen);
    List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3));
    Collections.shuffle(order, new Random(seed));
    Map<String, GeneralTensor> named = new LinkedHashMap<>();
    for (int i : order) {
      if (present.get(i)) {
        named.put(NAMES.get(i), values.sent.get(i));
      }
    }

    byte[] record = export(values.event().setNamedTensors(named));

    assertThat(record).isEqualTo(values.record(present));
  }

  @Property(tries = 20)
  void whatOneEventLeftOutShouldNotComeFromTheOneBefore(@ForAll long seed) throws TException {
    Values values = new Values(new Random(seed));
    Map<String, GeneralTensor> all = new LinkedHashMap<>();
    for (int i = 0; i < 4; i++) {
      all.put(NAMES.get(i), values.sent.get(i));
    }
    export(values.event().setNamedTensors(all));

    byte[] record =
        export(
            values
                .event()
                .setNamedTensors(Map.of("matrix", all.get("matrix"), "typed", all.get("typed"))));

    assertThat(record).isEqualTo(values.record(List.of(true, true, false, false)));
  }

  @Property(tries = 20)
  void anExportedEventShouldSayWhatTheSinkNeeds(
      @ForAll long seed, @ForAll @IntRange(max = 2) int version) {
    Values values = new Values(new Random(seed));
    EmbeddingEvent event = values.event().setTensors(values.sent);
    if (version == 2) {
      event.setKeyConfigVersion(version);
    }

    Exported exported = (Exported) exporter.export(bytes(event), false);

    assertThat(exported.entityId()).isEqualTo(values.entityId);
    assertThat(exported.model()).isEqualTo("m");
    assertThat(exported.keyConfigVersion()).isEqualTo(2);
    assertThat(exported.outputTopic()).isEqualTo("records-of-m");
  }

  private byte[] export(EmbeddingEvent event) {
    Outcome outcome = exporter.export(bytes(event), true);
    assertThat(outcome).isInstanceOf(Exported.class);
    return ((Exported) outcome).record();
  }

  /** Random values, as an event sends them and as the record has them. */
  private static final class Values {
    private final long entityId;
    private final long time;
    private final List<GeneralTensor> sent = new ArrayList<>();
    private final List<GeneralTensor> written = new ArrayList<>();

    /** Sends raw what is written typed and the other way round, or not, as the dice fall. */
    Values(Random random) {
      entityId = random.nextLong();
      time = random.nextLong(1L << 45);
      float[] matrix = floats(random, 6);
      sent.add(random.nextBoolean() ? raw(matrix, null) : typed(matrix, null));
      written.add(raw(matrix, List.of(2L, 3L)));
      float[] typed = floats(random, 4);
      sent.add(random.nextBoolean() ? raw(typed, List.of(4L)) : typed(typed, null));
      written.add(typed(typed, List.of(4L)));
      long[] ids = {random.nextLong(), random.nextLong()};
      sent.add(random.nextBoolean() ? rawLongs(ids) : typedLongs(ids, null));
      written.add(typedLongs(ids, List.of(2L)));
      long rows = random.nextInt(4);
      float[] open = floats(random, (int) rows * 2);
      sent.add(random.nextBoolean() ? raw(open, List.of(rows, 2L)) : raw(open, null));
      written.add(raw(open, List.of(rows, 2L)));
    }

    EmbeddingEvent event() {
      return new EmbeddingEvent(entityId, "m").setEventTimeMillis(time);
    }

    byte[] record(List<Boolean> present) throws TException {
      Map<Long, Long> discrete = new LinkedHashMap<>();
      discrete.put(ENTITY_FEATURE, entityId);
      discrete.put(TIME_FEATURE, time);
      Map<Long, GeneralTensor> tensors = new LinkedHashMap<>();
      List<Long> keys = List.of(11L, -12L, 13L, Long.MAX_VALUE);
      for (int i = 0; i < 4; i++) {
        if (present.get(i)) {
          tensors.put(keys.get(i), written.get(i));
        }
      }
      return new TSerializer()
          .serialize(new DataRecord().setDiscreteFeatures(discrete).setTensors(tensors));
    }

    private static float[] floats(Random random, int count) {
      float[] floats = new float[count];
      for (int i = 0; i < count; i++) {
        floats[i] = (float) random.nextGaussian();
      }
      return floats;
    }

    private static GeneralTensor raw(float[] elements, List<Long> shape) {
      ByteBuffer payload = ByteBuffer.allocate(4 * elements.length).order(ByteOrder.LITTLE_ENDIAN);
      payload.asFloatBuffer().put(elements);
      return GeneralTensor.rawTypedTensor(
          new RawTypedTensor(DataType.FLOAT, payload).setShape(shape));
    }

    private static GeneralTensor typed(float[] elements, List<Long> shape) {
      List<Double> list =
          DoubleStream.iterate(0, i -> i + 1)
              .limit(elements.length)
              .mapToObj(i -> (double) elements[(int) i])
              .toList();
      return GeneralTensor.floatTensor(new FloatTensor(list).setShape(shape));
    }

    private static GeneralTensor rawLongs(long[] elements) {
      ByteBuffer payload = ByteBuffer.allocate(8 * elements.length).order(ByteOrder.LITTLE_ENDIAN);
      payload.asLongBuffer().put(elements);
      return GeneralTensor.rawTypedTensor(new RawTypedTensor(DataType.INT64, payload));
    }

    private static GeneralTensor typedLongs(long[] elements, List<Long> shape) {
      return GeneralTensor.int64Tensor(
          new Int64Tensor(LongStream.of(elements).boxed().toList()).setShape(shape));
    }
  }
}
