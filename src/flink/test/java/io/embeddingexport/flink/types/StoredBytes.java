package io.embeddingexport.flink.types;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Bytes written by hand, in {@code src/flink/test/resources/flink/*.hex}: hex digits, text in
 * double or single quotes for its UTF-8, and comments after a {@code #}.
 */
public final class StoredBytes {
  private static final Pattern PART =
      Pattern.compile("\"(?<double>[^\"]*)\"|'(?<single>[^']*)'|(?<comment>#.*)|[^\\s\"'#]+");

  public static byte[] read(String name) throws IOException {
    try (InputStream in = StoredBytes.class.getResourceAsStream("/flink/" + name)) {
      return bytes(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  public static byte[] bytes(String hex) {
    String digits = hex.lines().map(StoredBytes::digits).collect(Collectors.joining());
    return HexFormat.of().parseHex(digits);
  }

  public static DataInputDeserializer input(byte[] bytes) {
    return new DataInputDeserializer(bytes);
  }

  /** What {@code write} writes. */
  public static byte[] written(Write write) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    write.to(out);
    return out.getCopyOfBuffer();
  }

  public interface Write {
    void to(DataOutputSerializer out) throws IOException;
  }

  private static String digits(String line) {
    StringBuilder digits = new StringBuilder();
    Matcher parts = PART.matcher(line);
    while (parts.find()) {
      String text = parts.group("double") == null ? parts.group("single") : parts.group("double");
      if (text != null) {
        digits.append(HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)));
      } else if (parts.group("comment") == null) {
        digits.append(parts.group());
      }
    }
    return digits.toString();
  }

  private StoredBytes() {}
}
