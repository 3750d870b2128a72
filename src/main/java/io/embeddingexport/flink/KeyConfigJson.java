package io.embeddingexport.flink;

import io.embeddingexport.keys.InvalidKeyConfigException;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigParser;
import io.embeddingexport.keys.KeyConfigWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The form in which key configs travel inside functions and state: their canonical JSON. */
final class KeyConfigJson {

  static String write(KeyConfig config) {
    return KeyConfigWriter.toJson(config);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param source where it stood, for the error
   * @throws IOException if it is not valid; the message names every problem
   */
  static KeyConfig read(String source, String json) throws IOException {
    try {
      return KeyConfigParser.parse(source, json.getBytes(StandardCharsets.UTF_8));
    } catch (InvalidKeyConfigException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private KeyConfigJson() {}
}
