package io.embeddingexport.event.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.event.DecodeFailure;
import io.embeddingexport.event.DecodeResult;
import io.embeddingexport.event.Event;
import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.mapping.EntityIdForm;
import io.embeddingexport.event.mapping.EventMapping;
import io.embeddingexport.event.mapping.EventTimeUnit;
import io.embeddingexport.event.mapping.FieldPath;
import io.embeddingexport.event.mapping.TensorSource;
import io.embeddingexport.event.mapping.ValueSource;
import io.embeddingexport.event.mapping.ValueSource.AtPath;
import io.embeddingexport.event.mapping.ValueSource.Constant;
import io.embeddingexport.event.plan.EventPlan;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericArray;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whatever a mapping asks for is what Apache Avro reads there. {@code -Devents.schemas=100000}
 * tries as many schemas, each with a value.
 */
class AvroDifferentialTest {
  private static final int PAIRS = Integer.getInteger("events.schemas", 10_000);
  private static final int DEPTH = 5;

  private int tensors;
  private int refused;
  private int absent;
  private int ids;
  private int others;

  @Test
  void everyPartShouldBeWhatApacheAvroReads() throws IOException {
    for (int seed = 0; seed < PAIRS; seed++) {
      try {
        pair(new Random(seed));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    // The comparison means something only if there is much to compare.
    assertThat(tensors).isGreaterThan(PAIRS / 2);
    assertThat(refused).isGreaterThan(PAIRS / 100);
    assertThat(absent).isGreaterThan(PAIRS / 10);
    assertThat(ids).isGreaterThan(PAIRS / 10);
    assertThat(others).isLessThan(PAIRS / 2);
  }

  private void pair(Random random) throws IOException {
    RandomAvro avro = new RandomAvro(random);
    Schema schema = avro.record(DEPTH);
    List<RandomPaths.Place> places = new ArrayList<>();
    ValueSource id = new Constant("7");
    Schema idSchema = null;
    for (int i = 0; i < 8; i++) {
      RandomPaths.Place place = RandomPaths.place(schema, random);
      if (place == null || overlaps(place, places)) {
        continue;
      }
      if (idSchema == null && place.schema().getType() == Schema.Type.LONG) {
        id = new AtPath(place.path());
        idSchema = place.schema();
        // Its place is taken, but it is no tensor.
        places.add(new RandomPaths.Place(place.path(), Schema.create(Schema.Type.NULL)));
      } else if (ExpectedTensor.isTensor(place.schema()) || isBytes(place.schema())) {
        places.add(place);
      }
    }
    List<RandomPaths.Place> asked =
        places.stream().filter(place -> place.schema().getType() != Schema.Type.NULL).toList();
    if (asked.isEmpty()) {
      return;
    }
    EventDecoder decoder = AvroEvents.decoder(schema, plan(id, asked));
    for (int i = 0; i < 3; i++) {
      Object datum = avro.value(schema, DEPTH + 2);
      byte[] bytes =
          i == 1 ? AvroEvents.writeBlocks(schema, datum) : AvroEvents.write(schema, datum);
      Object read =
          new GenericDatumReader<>(schema)
              .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
      compare(decoder.decode(bytes), read, id, asked);
    }
  }

  private static boolean isBytes(Schema schema) {
    return schema.getType() == Schema.Type.BYTES
        || (schema.getType() == Schema.Type.FIXED && schema.getFixedSize() > 0);
  }

  private static boolean overlaps(RandomPaths.Place place, List<RandomPaths.Place> others) {
    List<FieldPath.Step> steps = place.path().steps();
    return others.stream()
        .map(other -> other.path().steps())
        .anyMatch(
            other -> {
              int common = Math.min(other.size(), steps.size());
              return other.subList(0, common).equals(steps.subList(0, common));
            });
  }

  private static EventPlan plan(ValueSource id, List<RandomPaths.Place> asked) {
    List<TensorSource> sources = new ArrayList<>();
    for (RandomPaths.Place place : asked) {
      sources.add(
          new TensorSource(
              "t" + sources.size(),
              new AtPath(place.path()),
              isBytes(place.schema()) ? DataType.UINT8 : null,
              null,
              ByteOrder.LITTLE_ENDIAN,
              1,
              0));
    }
    return EventPlan.of(
        new EventMapping(
            id,
            EntityIdForm.DECIMAL,
            new Constant("m"),
            null,
            EventTimeUnit.MILLIS,
            null,
            null,
            new EventMapping.Listed(sources)));
  }

  private void compare(
      DecodeResult result, Object read, ValueSource id, List<RandomPaths.Place> asked) {
    boolean mustFail = false;
    List<@Nullable Tensor> expected = new ArrayList<>();
    for (RandomPaths.Place place : asked) {
      Object value = RandomPaths.at(read, place.path().steps());
      if (value != null && !isOf(value, place.schema())) {
        // Another branch of a union has it, which AvroWalkTest covers.
        others++;
        return;
      }
      Tensor tensor = value == null ? null : expected(value, place);
      mustFail |= value != null && tensor == null;
      expected.add(tensor);
    }
    Object idValue =
        id instanceof AtPath at ? RandomPaths.at(read, at.path().steps()) : Long.valueOf(7);
    if (idValue != null && !(idValue instanceof Long)) {
      return;
    }
    if (mustFail || idValue == null) {
      refused++;
      assertThat(result).isInstanceOf(DecodeFailure.class);
      return;
    }
    assertThat(result).isInstanceOf(Event.class);
    Event event = (Event) result;
    assertThat(event.entityId()).isEqualTo(idValue);
    ids += id instanceof AtPath ? 1 : 0;
    for (int i = 0; i < expected.size(); i++) {
      Tensor tensor = AvroEvents.tensor(event, "t" + i);
      assertThat(tensor).as(asked.get(i).path().toString()).isEqualTo(expected.get(i));
      tensors += tensor == null ? 0 : 1;
      absent += tensor == null ? 1 : 0;
    }
  }

  /** Whether Apache Avro's value may be of that type. */
  private static boolean isOf(Object value, Schema schema) {
    return switch (schema.getType()) {
      case ARRAY -> {
        Schema items = ExpectedTensor.value(schema.getElementType());
        yield value instanceof GenericArray<?> array
            && array.getSchema().getElementType().equals(schema.getElementType())
            && array.stream().allMatch(item -> item == null || isOf(item, items));
      }
      default -> GenericData.get().validate(schema, value);
    };
  }

  private static @Nullable Tensor expected(Object value, RandomPaths.Place place) {
    return isBytes(place.schema())
        ? Tensor.ofRaw(DataType.UINT8, null, ExpectedTensor.bytes(value))
        : ExpectedTensor.of(value, place.schema());
  }
}
