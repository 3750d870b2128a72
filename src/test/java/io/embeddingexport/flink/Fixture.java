package io.embeddingexport.flink;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Bytes written by hand, in {@code src/test/resources/flink/*.hex}: hex digits, text in double
 * quotes for its UTF-8, and comments after a {@code #}.
 */
final class Fixture {

  static byte[] read(String name) throws IOException {
    try (InputStream in = Fixture.class.getResourceAsStream("/flink/" + name)) {
      return bytes(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  static byte[] bytes(String hex) {
    String digits =
        hex.lines().map(Fixture::withoutComment).map(Fixture::digits).collect(Collectors.joining());
    return HexFormat.of().parseHex(digits);
  }

  static DataInputDeserializer input(byte[] bytes) {
    return new DataInputDeserializer(bytes);
  }

  /** What {@code write} writes. */
  static byte[] written(Write write) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    write.to(out);
    return out.getCopyOfBuffer();
  }

  interface Write {
    void to(DataOutputSerializer out) throws IOException;
  }

  private static String withoutComment(String line) {
    int comment = line.indexOf('#');
    return comment < 0 ? line : line.substring(0, comment);
  }

  private static String digits(String line) {
    StringBuilder digits = new StringBuilder();
    String[] parts = line.split("\"", -1);
    for (int i = 0; i < parts.length; i++) {
      digits.append(
          i % 2 == 0
              ? parts[i].replace(" ", "")
              : HexFormat.of().formatHex(parts[i].getBytes(StandardCharsets.UTF_8)));
    }
    return digits.toString();
  }

  private Fixture() {}
}
