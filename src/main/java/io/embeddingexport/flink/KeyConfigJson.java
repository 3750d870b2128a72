package io.embeddingexport.flink;

import io.embeddingexport.keys.KeyConfig;
import java.io.IOException;

/** The form in which key configs travel inside functions and state: their canonical JSON. */
final class KeyConfigJson {

  static String write(KeyConfig config) {
    throw new UnsupportedOperationException("to come");
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param source where it stood, for the error
   */
  static KeyConfig read(String source, String json) throws IOException {
    throw new UnsupportedOperationException("to come");
  }

  private KeyConfigJson() {}
}
