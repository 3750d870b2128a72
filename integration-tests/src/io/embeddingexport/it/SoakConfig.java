package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.thrift.DataRecord;
import io.embeddingexport.thrift.DataType;
import io.embeddingexport.thrift.FloatTensor;
import io.embeddingexport.thrift.GeneralTensor;
import io.embeddingexport.thrift.Int64Tensor;
import io.embeddingexport.thrift.RawTypedTensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One version of one model's key config in the soak test, and what it makes of an event. No two
 * versions of a model have the same keys; shape, encoding, order, the optional note and the entity
 * id differ from one to the next too.
 *
 * @param model from 0
 * @param version from 1
 */
record SoakConfig(int model, int version) {
  static final int VERSIONS = 11;

  /** What twelve elements can be. */
  private static final long[][] SHAPES = {
    {12}, {1, 12}, {2, 6}, {3, 4}, {4, 3}, {6, 2}, {12, 1}, {2, 2, 3}, {2, 3, 2}, {3, 2, 2}
  };

  /** Keys a version has to itself. */
  private static final int KEYS = 10;

  /** Added to the keys of a config that has this one's version and other content. */
  private static final int IMPOSTOR = 5;

  static String modelName(int model) {
    return "model-" + model;
  }

  String modelName() {
    return modelName(model);
  }

  /** Whether the model's records go to the second record topic, under every version. */
  static boolean hasOwnTopic(int model) {
    return model % 5 == 0;
  }

  /**
   * As it is published.
   *
   * @param ownTopic the second record topic
   */
  byte[] json(String ownTopic) {
    return json(version, ownTopic, 0);
  }

  /** Other content under the same version: a publisher's mistake, which must change nothing. */
  byte[] impostorJson(String ownTopic) {
    return json(version, ownTopic, IMPOSTOR);
  }

  /** Not valid: it has no version. */
  byte[] invalidJson(String ownTopic) {
    return json(0, ownTopic, IMPOSTOR);
  }

  private byte[] json(int statedVersion, String ownTopic, int keyShift) {
    List<String> fields = new ArrayList<>();
    fields.add("\"model\": \"%s\", \"version\": %d".formatted(modelName(), statedVersion));
    if (writesEntity()) {
      fields.add("\"entity-id-feature\": %d".formatted(key(0) + keyShift));
    }
    if (hasOwnTopic(model)) {
      fields.add("\"output-topic\": \"%s\"".formatted(ownTopic));
    }
    List<String> keys = new ArrayList<>();
    for (String name : names()) {
      boolean vector = name.equals("vector");
      keys.add(
          """
          {"name": "%s", "key": %d, "dtype": "%s", "shape": %s, "encoding": "%s", "optional": %b}"""
              .formatted(
                  name,
                  (vector ? key(1) : key(2)) + keyShift,
                  vector ? "float" : takesNote() ? "int64" : "int32",
                  vector ? configuredShape() : "[]",
                  isTyped() ? "typed" : "raw",
                  !vector));
    }
    fields.add("\"keys\": [" + String.join(", ", keys) + "]");
    return ("{" + String.join(", ", fields) + "}").getBytes(UTF_8);
  }

  /** Why it rejects an event; null if it does not. */
  @Nullable String rejection(SoakEvent event) {
    if (event.pin() > 0 && event.pin() < version) {
      return "key-config-version-superseded";
    }
    if (event.hasNote() && !takesNote()) {
      return knowsNote() ? "dtype" : "unknown-name";
    }
    return null;
  }

  /** The record of an event that is not rejected. */
  byte[] record(SoakEvent event) {
    DataRecord record = new DataRecord();
    if (writesEntity()) {
      record.putToDiscreteFeatures(key(0), event.keyNumber());
    }
    Map<Long, GeneralTensor> tensors = new LinkedHashMap<>();
    for (String name : names()) {
      if (name.equals("vector")) {
        tensors.put(key(1), vector(event.vector()));
      } else if (event.hasNote()) {
        tensors.put(key(2), note(event.note()));
      }
    }
    return Events.bytes(record.setTensors(tensors));
  }

  private GeneralTensor vector(float[] elements) {
    if (isTyped()) {
      FloatTensor typed = new FloatTensor(new ArrayList<>()).setShape(shape());
      for (float element : elements) {
        typed.addToFloats(element);
      }
      return GeneralTensor.floatTensor(typed);
    }
    return raw(DataType.FLOAT, SoakEvent.floats(elements), shape());
  }

  private GeneralTensor note(long element) {
    return isTyped()
        ? GeneralTensor.int64Tensor(new Int64Tensor(List.of(element)).setShape(List.of()))
        : raw(DataType.INT64, SoakEvent.longs(element), List.of());
  }

  private static GeneralTensor raw(DataType dataType, byte[] payload, List<Long> shape) {
    return GeneralTensor.rawTypedTensor(
        new RawTypedTensor(dataType, ByteBuffer.wrap(payload)).setShape(shape));
  }

  private long key(int index) {
    return ((long) model * 100 + version) * KEYS + index;
  }

  private List<String> names() {
    if (!knowsNote()) {
      return List.of("vector");
    }
    return version % 2 == 0 ? List.of("vector", "note") : List.of("note", "vector");
  }

  private boolean knowsNote() {
    return version % 3 != 0;
  }

  private boolean takesNote() {
    return knowsNote() && version % 5 != 0;
  }

  private boolean isTyped() {
    return version % 4 == 2;
  }

  private boolean writesEntity() {
    return version % 4 < 2;
  }

  private List<Long> shape() {
    List<Long> shape = new ArrayList<>();
    for (long extent : SHAPES[(model + version) % SHAPES.length]) {
      shape.add(extent);
    }
    return shape;
  }

  /** Some leave the first extent open. */
  private List<Long> configuredShape() {
    List<Long> shape = shape();
    if (version % 7 == 3) {
      shape.set(0, -1L);
    }
    return shape;
  }

  @Override
  public String toString() {
    return modelName() + " version " + version;
  }
}
