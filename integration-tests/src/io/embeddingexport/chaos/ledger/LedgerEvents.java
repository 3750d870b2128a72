package io.embeddingexport.chaos.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.audit.Ledger;
import io.embeddingexport.audit.LedgerEntry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Inputs by number: the same number and seed make the same input for producer and checker. Thrift
 * bytes are written by hand, field by field.
 *
 * <pre>
 * event = 0A 0001 i64 entity  0B 0003 i32 len model  0D 0006 0B 0C i32 1 (i32 len name  tensor)  00
 * tensor = 0C 0001  08 0001 i32 0  0B 0002 i32 len bytes  0F 0003 0A i32 1 i64 dims  00 00
 * </pre>
 */
public final class LedgerEvents implements Ledger {
  static final String TENSOR = "vector";

  /** Numbers of tombstones and of each poison kind in 1,000 inputs. */
  private static final int TOMBSTONES = 10;

  private static final int EACH_POISON = 2;
  private static final LedgerKind[] POISON =
      Arrays.stream(LedgerKind.values())
          .filter(kind -> kind.reason() != null)
          .toArray(LedgerKind[]::new);

  private final long seed;
  private final int models;
  private final int entities;
  private final int dims;

  /**
   * @param entities how many keys there are
   * @param dims length of each vector
   */
  public LedgerEvents(long seed, int models, int entities, int dims) {
    this.seed = seed;
    this.models = models;
    this.entities = entities;
    this.dims = dims;
  }

  public int entities() {
    return entities;
  }

  public int dims() {
    return dims;
  }

  @Override
  public LedgerEntry entry(long sequence) {
    return event(sequence);
  }

  /** The input of this number. */
  public LedgerEvent event(long sequence) {
    long random = mix(seed + sequence * 0x9E3779B97F4A7C15L);
    int entity = (int) Long.remainderUnsigned(random, entities);
    int model = entity % models;
    LedgerKind kind = kind((int) Long.remainderUnsigned(mix(random), 1000));
    byte[] key = ("entity-" + entity).getBytes(UTF_8);
    byte[] vector = kind == LedgerKind.EVENT ? vector(sequence, dims) : new byte[0];
    return new LedgerEvent(
        sequence, kind, model, entity, key, value(kind, sequence, entity, model), vector);
  }

  private static LedgerKind kind(int of1000) {
    if (of1000 < TOMBSTONES) {
      return LedgerKind.TOMBSTONE;
    }
    int poison = (of1000 - TOMBSTONES) / EACH_POISON;
    return poison < POISON.length ? POISON[poison] : LedgerKind.EVENT;
  }

  private byte[] value(LedgerKind kind, long sequence, int entity, int model) {
    String name = LedgerConfig.name(model);
    return switch (kind) {
      case EVENT -> thrift(entity, name, TENSOR, vector(sequence, dims));
      case TOMBSTONE -> null;
      case GARBAGE -> ("no event: " + sequence).getBytes(UTF_8);
      case CUT -> {
        byte[] whole = thrift(entity, name, TENSOR, vector(sequence, dims));
        yield Arrays.copyOf(whole, 1 + (int) (sequence % (whole.length - 1)));
      }
      case HUGE_COUNT ->
          ByteBuffer.allocate(64)
              .put((byte) 0x0D)
              .putShort((short) 6)
              .put((byte) 0x0B)
              .put((byte) 0x0C)
              .putInt(Integer.MAX_VALUE)
              .putLong(sequence)
              .array();
      case WRONG_SHAPE -> thrift(entity, name, TENSOR, vector(sequence, dims + 1));
      case NO_MODEL -> thrift(entity, "nobody", TENSOR, vector(sequence, dims));
      case WRONG_NAME -> thrift(entity, name, "vektor", vector(sequence, dims));
    };
  }

  private static byte[] vector(long sequence, int dims) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * dims).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < dims; i++) {
      // Finite whatever the number: its exponent is that of 1 to 2.
      bytes.putInt(0x3F800000 | (int) (mix(sequence * dims + i) & 0x7FFFFF));
    }
    return bytes.array();
  }

  private static byte[] thrift(long entity, String model, String tensor, byte[] vector) {
    byte[] modelName = model.getBytes(UTF_8);
    byte[] tensorName = tensor.getBytes(UTF_8);
    ByteBuffer out = ByteBuffer.allocate(96 + modelName.length + tensorName.length + vector.length);
    out.put((byte) 0x0A).putShort((short) 1).putLong(entity);
    out.put((byte) 0x0B).putShort((short) 3).putInt(modelName.length).put(modelName);
    out.put((byte) 0x0D).putShort((short) 6).put((byte) 0x0B).put((byte) 0x0C).putInt(1);
    out.putInt(tensorName.length).put(tensorName);
    out.put((byte) 0x0C).putShort((short) 1);
    out.put((byte) 0x08).putShort((short) 1).putInt(0);
    out.put((byte) 0x0B).putShort((short) 2).putInt(vector.length).put(vector);
    out.put((byte) 0x0F).putShort((short) 3).put((byte) 0x0A).putInt(1);
    out.putLong(vector.length / Float.BYTES);
    out.put((byte) 0).put((byte) 0).put((byte) 0);
    return Arrays.copyOf(out.array(), out.position());
  }

  /** The finisher of SplitMix64: every bit of the result depends on every bit of the argument. */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
