package io.embeddingexport.event.avro;

import io.embeddingexport.event.plan.InvalidSchemaException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Reads schemas. */
public final class AvroSchemas {
  /** Longest text that is read, in bytes. */
  public static final int MAX_BYTES = 1 << 20;

  private static final int LONGEST_DETAIL = 300;

  /**
   * Reads the text of a schema, as in an {@code .avsc} file. Its names are checked. Its defaults
   * are not: they do not matter to what a writer wrote, and many schemas have wrong ones.
   *
   * @param source names the text in messages
   * @throws InvalidSchemaException if the text is not one schema, complete in itself
   */
  public static Schema parse(String source, byte[] text) throws InvalidSchemaException {
    return parse(source, text, List.of());
  }

  /**
   * Same as {@link #parse(String, byte[])}, of a schema that uses types of others.
   *
   * @param references texts of those others, in any order
   */
  public static Schema parse(String source, byte[] text, Collection<String> references)
      throws InvalidSchemaException {
    if (text.length > MAX_BYTES) {
      throw invalid(source, "has " + text.length + " bytes; a schema has at most " + MAX_BYTES);
    }
    String json;
    try {
      json = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
    } catch (CharacterCodingException e) {
      throw invalid(source, "is not UTF-8; write the schema as JSON in UTF-8");
    }
    if (json.isBlank()) {
      throw invalid(source, "is empty; write an Avro schema as JSON");
    }
    try {
      Schema.Parser parser = new Schema.Parser().setValidateDefaults(false);
      addAll(parser, new ArrayList<>(references));
      return parser.parse(json);
    } catch (AvroRuntimeException e) {
      throw invalid(source, "is no Avro schema: " + detail(e));
    } catch (NullPointerException e) {
      // What the library throws where a schema is only the name of a type.
      throw invalid(source, "is no Avro schema: it names a type that it does not define");
    } catch (StackOverflowError e) {
      // The library follows names without a limit.
      throw invalid(source, "has types that are too deep in each other");
    }
  }

  private static InvalidSchemaException invalid(String source, String problem) {
    return new InvalidSchemaException(source, List.of(problem));
  }

  /** Adds the types of these schemas. Each may use types of any other. */
  private static void addAll(Schema.Parser parser, List<String> left) {
    while (!left.isEmpty()) {
      AvroRuntimeException problem = null;
      int before = left.size();
      for (String schema : List.copyOf(left)) {
        try {
          parser.parse(schema);
          left.remove(schema);
        } catch (AvroRuntimeException e) {
          problem = e;
        }
      }
      if (left.size() == before) {
        throw problem;
      }
    }
  }

  /** The library's first line; the others quote the text. */
  private static String detail(RuntimeException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return message.length() > LONGEST_DETAIL ? message.substring(0, LONGEST_DETAIL) : message;
  }

  private AvroSchemas() {}
}
