package io.embeddingexport.event.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;

/** Makes the parsers of one thread's events, which share the names they have met. */
final class JsonParsers {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_NUMBER_CHARS = 400;
  private static final int MAX_NAME_CHARS = 1_000;

  /** The problem of a text beyond these limits. */
  static final String LIMITS =
      "nested more than "
          + MAX_DEPTH
          + " deep, or a name of more than "
          + MAX_NAME_CHARS
          + " or a number of more than "
          + MAX_NUMBER_CHARS
          + " characters; send it in another form";

  private final JsonFactory factory =
      JsonFactory.builder()
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_CHARS)
                  .maxNameLength(MAX_NAME_CHARS)
                  // The text is already in memory, so its own length bounds its strings.
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /** A parser of the text from that offset to its end. */
  JsonParser of(byte[] text, int from) throws IOException {
    return factory.createParser(text, from, text.length - from);
  }
}
