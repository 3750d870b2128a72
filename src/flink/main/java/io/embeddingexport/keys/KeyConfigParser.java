package io.embeddingexport.keys;

import io.embeddingexport.text.FieldReader;
import io.embeddingexport.text.Node;
import io.embeddingexport.text.SafeText;
import io.embeddingexport.text.StrictText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.PublicEvolving;

/**
 * Reads key configs from YAML or JSON. Only a valid config is returned; otherwise every problem is
 * named at once. {@code docs/key-configs.md} describes the form.
 */
@PublicEvolving
public final class KeyConfigParser {
  /** Longest text that is read, in bytes. */
  public static final int MAX_BYTES = 1 << 20;

  /**
   * Longest text of a field, such as a model, in UTF-16 code units: it travels in Kafka headers and
   * messages.
   */
  public static final int MAX_NAME_CHARS = FieldReader.MAX_TEXT_CHARS;

  /**
   * Largest record of a key config with fixed shapes, in bytes: 64 MiB. A record of that size is
   * kept as a template, so a mistyped dimension must not exhaust the memory.
   */
  public static final int MAX_RECORD_BYTES = 64 << 20;

  /**
   * Reads one key config.
   *
   * @param source names the text in messages: a file, or a topic, partition and offset
   */
  public static KeyConfig parse(String source, byte[] text) throws InvalidKeyConfigException {
    List<String> problems = new ArrayList<>();
    List<KeyConfig> configs = read(text, problems);
    if (problems.isEmpty() && configs.size() != 1) {
      problems.add(configs.size() + " key configs; exactly one is allowed here");
    }
    if (!problems.isEmpty()) {
      throw new InvalidKeyConfigException(source, problems);
    }
    return configs.get(0);
  }

  /**
   * Reads every key config of a file: one or several YAML documents, one model each.
   *
   * @throws IOException if the file cannot be read
   */
  public static List<KeyConfig> parseAll(Path file) throws IOException, InvalidKeyConfigException {
    byte[] text;
    try (InputStream in = Files.newInputStream(file)) {
      text = in.readNBytes(MAX_BYTES + 1);
    }
    return parseAll(file.toString(), text);
  }

  /**
   * Reads every key config of the text of a file.
   *
   * @param source names the text in messages
   */
  public static List<KeyConfig> parseAll(String source, byte[] text)
      throws InvalidKeyConfigException {
    List<String> problems = new ArrayList<>();
    List<KeyConfig> configs = read(text, problems);
    if (problems.isEmpty() && configs.isEmpty()) {
      problems.add("no key config; write at least one");
    }
    if (!problems.isEmpty()) {
      throw new InvalidKeyConfigException(source, problems);
    }
    return configs;
  }

  private static List<KeyConfig> read(byte[] text, List<String> problems) {
    List<KeyConfig> configs = new ArrayList<>();
    Map<String, Integer> lines = new HashMap<>();
    for (Node document : StrictText.read(text, MAX_BYTES, problems)) {
      KeyConfig config = KeyConfigReader.read(document, problems);
      if (config != null) {
        Integer first = lines.putIfAbsent(config.model(), document.line());
        if (first != null) {
          problems.add(
              StrictText.at(document.line(), "model")
                  + SafeText.quoted(config.model())
                  + " already has a key config at line "
                  + first
                  + "; keep one");
        }
        configs.add(config);
      }
    }
    return configs;
  }

  private KeyConfigParser() {}
}
