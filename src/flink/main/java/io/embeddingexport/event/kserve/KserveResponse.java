package io.embeddingexport.event.kserve;

import io.embeddingexport.event.BadEventException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a decoder wants of a response: its texts, and some of its outputs. */
final class KserveResponse {
  /** The response's texts by name, with the numbers of their fields in Protobuf. */
  static final Map<String, Integer> TEXTS = Map.of("model_name", 1, "model_version", 2, "id", 3);

  private final @Nullable String[] texts = new String[TEXTS.size() + 1];
  private final Map<String, KserveOutput> outputs = new LinkedHashMap<>();

  /** Reads responses in one form. Not thread-safe. */
  interface Form {
    /** Reads a response; {@code BadEventException} says where it is wrong. */
    KserveResponse read(byte[] event) throws BadEventException;

    /** Same as {@link io.embeddingexport.event.EventDecoder#isNative}. */
    default boolean isNative(byte[] value) {
      return true;
    }
  }

  void text(int number, String text) {
    texts[number] = text;
  }

  void add(KserveOutput output) throws BadEventException {
    if (outputs.put(output.name(), output) != null) {
      throw new BadEventException("output " + output.name() + " is given twice; send it once");
    }
  }

  /** The text of that number; null if the response has none. */
  @Nullable String text(int number) {
    return texts[number];
  }

  /** The outputs that are wanted, by name. */
  Map<String, KserveOutput> outputs() {
    return outputs;
  }

  /** The output of that name, if it is wanted; null if the response has none. */
  @Nullable KserveOutput output(String name) {
    return outputs.get(name);
  }
}
