package io.embeddingexport.event.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.event.DecodeFailure;
import io.embeddingexport.event.DecodeResult;
import io.embeddingexport.event.DecodedItems;
import io.embeddingexport.event.Event;
import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.EventTensors.DecodedTensors;
import io.embeddingexport.event.MappedTensors;
import io.embeddingexport.event.registry.RegistryListener;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What an event may cost, whatever it is: {@value #FACTOR} times its bytes and those of its tensors
 * in the record, {@value #TENSOR} bytes a tensor of a field of all, {@value #ROW} a row of a batch,
 * and {@value #CONSTANT}. The events are those that cost most a byte.
 */
class AllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int FACTOR = 4;
  private static final int TENSOR = 384;
  private static final int ROW = 512;
  private static final int CONSTANT = 1 << 10;

  private static final String AVRO =
      """
      {"type": "record", "name": "E", "fields": [{"name": "id", "type": "long"},
        {"name": "v", "type": %s}]}
      """;
  private static final String PROTO =
      """
      syntax = "proto3";
      message Floats { repeated float v = 1; }
      message E {
        int64 id = 1;
        repeated int64 longs = 2;
        repeated string texts = 3;
        repeated float floats = 4;
        map<string, Floats> all = 5;
        repeated uint32 numbers = 6;
      }
      """;

  /** Events of many small values. */
  private enum Dearest {
    AVRO_LONGS(avro("{\"type\": \"array\", \"items\": \"long\"}", "{v: v}"), n -> avroList(n, 1)),
    AVRO_DOUBLES(
        avro("{\"type\": \"array\", \"items\": \"int\"}", "{v: {path: v, dtype: double}}"),
        n -> avroList(n, 1)),
    AVRO_STRINGS(
        avro("{\"type\": \"array\", \"items\": \"string\"}", "{v: v}"), n -> avroList(n, 1)),
    AVRO_FLOATS(avro("{\"type\": \"array\", \"items\": \"float\"}", "{v: v}"), n -> avroList(n, 4)),
    AVRO_BLOCKS(
        avro("{\"type\": \"array\", \"items\": \"long\"}", "{v: v}"),
        n -> bytes(new byte[] {2}, repeated(n, 2, 0), new byte[1])),
    AVRO_ALL(
        avro("{\"type\": \"map\", \"values\": {\"type\": \"array\", \"items\": \"float\"}}", "v.*"),
        n -> avroList(n, 2)),
    PROTOBUF_PACKED(
        protobuf("{v: longs}"), n -> bytes(new byte[] {8, 1, 18}, varint(n), new byte[n])),
    PROTOBUF_LONGS(protobuf("{v: longs}"), n -> bytes(new byte[] {8, 1}, repeated(n, 16, 0))),
    PROTOBUF_NUMBERS(
        protobuf("{v: {path: numbers, dtype: double}}"),
        n -> bytes(new byte[] {8, 1}, repeated(n, 48, 0))),
    PROTOBUF_STRINGS(protobuf("{v: texts}"), n -> bytes(new byte[] {8, 1}, repeated(n, 26, 0))),
    PROTOBUF_FLOATS(
        protobuf("{v: floats}"), n -> bytes(new byte[] {8, 1}, repeated(n, 37, 0, 0, 0, 0))),
    PROTOBUF_ALL(protobuf("all.*"), AllocationTest::protobufMap),
    RAW(
        "format: raw\nentity-id: {constant: '1'}\nmodel: {constant: m}\n"
            + "tensors: {v: {kafka: value, from: int8, dtype: double}}\n",
        byte[]::new),
    KSERVE(
        "format: protobuf\npreset: kserve-v2\nentity-id: id\nmodel: {constant: m}\n"
            + "tensors: {v: v}\n",
        AllocationTest::kserveRows),
    KSERVE_LONGS(
        "format: protobuf\npreset: kserve-v2\nentity-id: {constant: '1'}\nmodel: {constant: m}\n"
            + "tensors: {v: v}\n",
        AllocationTest::kserveLongs);

    private final InputText input;
    private final IntFunction<byte[]> event;

    Dearest(String mapping, IntFunction<byte[]> event) {
      this(new InputText("test", mapping.getBytes(UTF_8), Map.of()), event);
    }

    Dearest(InputText input, IntFunction<byte[]> event) {
      this.input = input;
      this.event = event;
    }

    private EventDecoder newDecoder() throws InvalidInputException {
      return EventInputs.newDecoder(List.of(input), RegistryListener.NONE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anEventShouldCostAConstantTimesItsBytesAndThoseOfItsRecord(Dearest dearest)
      throws InvalidInputException {
    for (int values : new int[] {1, 10, 1_000, 50_000}) {
      byte[] event = dearest.event.apply(values);
      // Wrong at its end: all that comes before is decoded, and the result says nothing of it.
      byte[] cut = Arrays.copyOf(event, event.length - 1);
      for (int i = 0; i < 4; i++) {
        EventDecoder decoder = dearest.newDecoder();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        DecodeResult result = decoder.decode(event);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(result).isNotInstanceOf(DecodeFailure.class);
        long limit = CONSTANT + (long) FACTOR * event.length + limit(result);

        EventDecoder another = dearest.newDecoder();
        before = THREADS.getCurrentThreadAllocatedBytes();
        another.decode(cut);
        long allocatedForCut = THREADS.getCurrentThreadAllocatedBytes() - before;
        // The JVM itself allocates when it links code on its first runs.
        if (i == 3) {
          assertThat(allocated)
              .as("%s values, %s bytes", values, event.length)
              .isLessThanOrEqualTo(limit);
          assertThat(allocatedForCut).as("%s values, cut", values).isLessThanOrEqualTo(limit);
        }
      }
    }
  }

  /** What the tensors of an event allow. */
  private static long limit(DecodeResult result) {
    if (result instanceof DecodedItems items) {
      return items.items().stream().mapToLong(item -> ROW + limit(item)).sum();
    }
    DecodedTensors tensors =
        ((Event) result).tensors() instanceof MappedTensors mapped
            ? mapped.decoded()
            : (DecodedTensors) ((Event) result).tensors();
    long limit = 0;
    for (Tensor tensor : tensors.tensors()) {
      limit += TENSOR + (long) FACTOR * tensor.contentLength();
    }
    return limit;
  }

  private static InputText avro(String type, String tensors) {
    return new InputText(
        "test",
        ("format: avro\nschema: {file: e.avsc}\nentity-id: id\nmodel: {constant: m}\ntensors: "
                + tensors)
            .getBytes(UTF_8),
        Map.of("e.avsc", AVRO.formatted(type).getBytes(UTF_8)));
  }

  private static InputText protobuf(String tensors) {
    return new InputText(
        "test",
        ("format: protobuf\nschema: {file: e.proto, message: E}\nentity-id: id\n"
                + "model: {constant: m}\ntensors: "
                + tensors)
            .getBytes(UTF_8),
        Map.of("e.proto", PROTO.getBytes(UTF_8)));
  }

  /** An entity id, and a list or map of zeros in one block. */
  private static byte[] avroList(int values, int bytes) {
    return bytes(new byte[] {2}, varint(2L * values), new byte[bytes * values], new byte[1]);
  }

  private static byte[] protobufMap(int entries) {
    byte[][] parts = new byte[entries + 1][];
    parts[0] = new byte[] {8, 1};
    for (int i = 0; i < entries; i++) {
      byte[] key = Integer.toString(i).getBytes(UTF_8);
      parts[i + 1] = bytes(new byte[] {42, (byte) (2 + key.length), 10, (byte) key.length}, key);
    }
    return bytes(parts);
  }

  /** Rows of one id and one element, one byte each. */
  private static byte[] kserveRows(int rows) {
    return bytes(
        output("id", "UINT8", rows, 1),
        output("v", "UINT8", rows, 1),
        new byte[] {50},
        varint(rows),
        new byte[rows],
        new byte[] {50},
        varint(rows),
        new byte[rows]);
  }

  /** One row of varints that are not packed. */
  private static byte[] kserveLongs(int elements) {
    byte[] contents = repeated(elements, 24, 0);
    return output(
        "v", "INT64", 1, elements, bytes(new byte[] {42}, varint(contents.length), contents));
  }

  private static byte[] output(String name, String type, int rows, int columns, byte[]... more) {
    byte[] message =
        bytes(
            new byte[] {10, (byte) name.length()},
            name.getBytes(UTF_8),
            new byte[] {18, (byte) type.length()},
            type.getBytes(UTF_8),
            new byte[] {24},
            varint(rows),
            new byte[] {24},
            varint(columns),
            bytes(more));
    return bytes(new byte[] {42}, varint(message.length), message);
  }

  private static byte[] repeated(int times, int... pattern) {
    ByteBuffer repeated = ByteBuffer.allocate(times * pattern.length);
    while (repeated.hasRemaining()) {
      for (int value : pattern) {
        repeated.put((byte) value);
      }
    }
    return repeated.array();
  }

  private static byte[] varint(long value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long left = value;
    for (; left > 127; left >>>= 7) {
      bytes.write((int) (left & 127 | 128));
    }
    bytes.write((int) left);
    return bytes.toByteArray();
  }

  private static byte[] bytes(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }
}
