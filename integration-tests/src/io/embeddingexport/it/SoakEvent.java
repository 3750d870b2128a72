package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.audit.Expected;
import io.embeddingexport.audit.LedgerEntry;
import io.embeddingexport.audit.SourcePosition;
import io.embeddingexport.thrift.DataType;
import io.embeddingexport.thrift.EmbeddingEvent;
import io.embeddingexport.thrift.GeneralTensor;
import io.embeddingexport.thrift.RawTypedTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * One event of the soak test. Its number says all there is to it: event n stands in partition n mod
 * 4 at offset n / 4, and what it holds, by name, is made from n. Most events are right under every
 * version of their model; those with a note only under some.
 *
 * @param number from 0, in the order sent
 * @param pin the key-config version it names; 0: none
 * @param isOfRetired whether its model was retired for a time: then it may be a dead letter for it
 */
record SoakEvent(int number, int pin, boolean isOfRetired) implements LedgerEntry {
  static final String RETIRED = "model-retired";
  static final int PARTITIONS = 4;
  static final int MODELS = 20;
  static final int KEYS = 8_000;
  static final int ELEMENTS = 12;

  private static final int NOTE_EVERY = 8;

  /** What decides something about an event; each roll is independent of the others. */
  enum Roll {
    KEY(0x2545F491),
    NOTE(0x7F4A7C15),
    PIN(0x5851F42D);

    private final int salt;

    Roll(int salt) {
      this.salt = salt;
    }
  }

  /** The number of the event that stands there. */
  static int numberAt(int partition, long offset) {
    return Math.toIntExact(offset * PARTITIONS + partition);
  }

  int partition() {
    return number % PARTITIONS;
  }

  SourcePosition position(String topic) {
    return new SourcePosition(topic, partition(), offset());
  }

  long offset() {
    return number / PARTITIONS;
  }

  /** Number of its Kafka key, and its entity id. A key is of one partition and one model. */
  @Override
  public int keyNumber() {
    return roll(Roll.KEY, KEYS / PARTITIONS) * PARTITIONS + partition();
  }

  @Override
  public byte[] key() {
    return ("entity-" + keyNumber()).getBytes(UTF_8);
  }

  int modelNumber() {
    return keyNumber() / PARTITIONS % MODELS;
  }

  @Override
  public String model() {
    return SoakConfig.modelName(modelNumber());
  }

  boolean hasNote() {
    return roll(Roll.NOTE, NOTE_EVERY) == 0;
  }

  /** A number below {@code bound}, the same for the same event. */
  int roll(Roll roll, int bound) {
    int bits = number * 0x9E3779B9 + roll.salt;
    bits = (bits ^ bits >>> 16) * 0x85EBCA6B;
    bits = (bits ^ bits >>> 13) * 0xC2B2AE35;
    return Math.floorMod(bits ^ bits >>> 16, bound);
  }

  /** The tensor 'vector'. */
  float[] vector() {
    float[] elements = new float[ELEMENTS];
    for (int i = 0; i < ELEMENTS; i++) {
      elements[i] = i == 0 ? number : number / 7f + i;
    }
    return elements;
  }

  /** The scalar tensor 'note'. */
  long note() {
    return -number;
  }

  /** An output under a version before the one it is for is never right: the job waits. */
  @Override
  public Expected expected(long version, @Nullable String reason) {
    if (isOfRetired && RETIRED.equals(reason)) {
      return new Expected.Letter(RETIRED);
    }
    if (version < pin) {
      return new Expected.Letter("none under a version before " + pin);
    }
    SoakConfig config = new SoakConfig(modelNumber(), (int) version);
    String rejection = config.rejection(this);
    return rejection == null
        ? new Expected.Record(version, config.record(this))
        : new Expected.Letter(rejection);
  }

  /** As it is sent. The vector states no shape, so that its record's is the key config's. */
  @Override
  public byte[] value() {
    EmbeddingEvent event = new EmbeddingEvent(keyNumber(), model());
    event.putToNamedTensors("vector", raw(DataType.FLOAT, floats(vector())));
    if (hasNote()) {
      event.putToNamedTensors("note", raw(DataType.INT64, longs(note())));
    }
    if (pin > 0) {
      event.setKeyConfigVersion(pin);
    }
    return Events.bytes(event);
  }

  static byte[] floats(float... elements) {
    ByteBuffer payload = ByteBuffer.allocate(4 * elements.length).order(ByteOrder.LITTLE_ENDIAN);
    payload.asFloatBuffer().put(elements);
    return payload.array();
  }

  static byte[] longs(long element) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(element).array();
  }

  private static GeneralTensor raw(DataType dataType, byte[] payload) {
    return GeneralTensor.rawTypedTensor(new RawTypedTensor(dataType, ByteBuffer.wrap(payload)));
  }

  /** Where it stood and what it asked for: enough to find it. */
  @Override
  public String toString() {
    return "event "
        + number
        + " (partition "
        + partition()
        + ", offset "
        + offset()
        + ", key entity-"
        + keyNumber()
        + ", model "
        + model()
        + (pin > 0 ? ", for version " + pin : "")
        + (hasNote() ? ", with a note" : "")
        + ")";
  }
}
