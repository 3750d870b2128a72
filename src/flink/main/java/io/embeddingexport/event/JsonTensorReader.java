package io.embeddingexport.event;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.Tensor;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON tensor: an array of elements, or an object.
 *
 * <pre>
 * tensor = [ element* ]
 *        | { "dtype"?: type, "shape"?: [ extent* ], "data": [ element* ] | "base64": little-endian bytes }
 * </pre>
 *
 * <p>The elements are read where they stand. If their type is only stated after them, and is not
 * the one their first element implies, they are read once more.
 *
 * <p>Unlike an event, a tensor may not have unknown fields: one might change the meaning of its
 * elements.
 */
final class JsonTensorReader {
  private static final Map<String, DataType> DATA_TYPES =
      Arrays.stream(DataType.values())
          .filter(DataType::isSupported)
          .collect(Collectors.toMap(Enum::name, type -> type, (a, b) -> a, LinkedHashMap::new));
  private static final Base64Variant BASE64 = Base64Variants.MIME_NO_LINEFEEDS.withPaddingAllowed();

  private final JsonFactory factory;
  private final JsonElements elements = new JsonElements();

  JsonTensorReader(JsonFactory factory) {
    this.factory = factory;
  }

  /**
   * Reads the tensor at the parser's token and leaves the parser at the tensor's last token.
   *
   * @param bytes the whole text the parser reads
   */
  Tensor read(JsonParser parser, byte[] bytes) throws IOException, BadJsonEventException {
    return switch (parser.currentToken()) {
      case START_ARRAY -> tensor(parser, null);
      case START_OBJECT -> object(parser, bytes);
      default -> throw new BadJsonEventException("neither an array nor an object");
    };
  }

  private Tensor object(JsonParser parser, byte[] bytes) throws IOException, BadJsonEventException {
    DataType dataType = null;
    Shape shape = null;
    byte[] payload = null;
    Tensor data = null;
    BadJsonEventException problem = null;
    long dataOffset = -1;
    int seen = 0;
    for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
      parser.nextToken();
      int bit =
          switch (field) {
            case "dtype" -> 1;
            case "shape" -> 2;
            case "data", "base64" -> 4;
            default ->
                throw new BadJsonEventException(
                    "a tensor has dtype, shape, and data or base64; nothing else");
          };
      if ((seen & bit) != 0) {
        throw new BadJsonEventException(
            bit == 4
                ? "data or base64 is given twice; send one of them"
                : field + " is given twice; send it once");
      }
      seen |= bit;
      switch (field) {
        case "dtype" -> dataType = dataType(JsonElements.text(parser, field));
        case "shape" -> shape = shape(parser);
        case "base64" -> payload = base64(parser);
        default -> {
          if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new BadJsonEventException("data is not an array");
          }
          if (dataType != null) {
            data = tensor(parser, dataType);
            continue;
          }
          dataOffset = parser.currentTokenLocation().getByteOffset();
          int depth = parser.getParsingContext().getNestingDepth();
          try {
            data = tensor(parser, null);
          } catch (BadJsonEventException e) {
            // They may be of a type stated later.
            problem = e;
            while (parser.getParsingContext().getNestingDepth() >= depth) {
              parser.nextToken();
            }
          }
        }
      }
    }
    if (payload != null) {
      return raw(dataType == null ? DataType.FLOAT : dataType, shape, payload);
    }
    if ((seen & 4) == 0) {
      throw new BadJsonEventException("neither data nor base64");
    }
    if (dataType != null && (data == null || data.dataType() != dataType)) {
      data = readAgain(bytes, (int) dataOffset, dataType);
    }
    if (data == null) {
      throw problem;
    }
    requireCount(shape, data.elementCount());
    return shape == null ? data : data.withShape(shape);
  }

  /** Reads the array at that offset of the text. */
  private Tensor readAgain(byte[] bytes, int from, DataType dataType)
      throws IOException, BadJsonEventException {
    try (JsonParser parser = factory.createParser(bytes, from, bytes.length - from)) {
      parser.nextToken();
      return tensor(parser, dataType);
    }
  }

  /**
   * Reads the array at the parser's token as a tensor without a shape.
   *
   * @param stated null: the type its first element implies
   */
  private Tensor tensor(JsonParser parser, @Nullable DataType stated)
      throws IOException, BadJsonEventException {
    JsonToken first = parser.nextToken();
    DataType dataType = stated == null ? JsonElements.inferred(first) : stated;
    return dataType == DataType.STRING
        ? Tensor.ofStrings(null, JsonElements.strings(parser)).withoutShape()
        : raw(dataType, null, elements.numbers(parser, dataType));
  }

  private static Tensor raw(DataType dataType, @Nullable Shape shape, byte[] payload)
      throws BadJsonEventException {
    int size = dataType.elementBytes();
    if (size == 0) {
      throw new BadJsonEventException("strings cannot be sent as base64; send them as data");
    }
    if (payload.length % size != 0) {
      throw new BadJsonEventException(
          payload.length + " bytes are not a whole number of " + dataType + " elements");
    }
    requireCount(shape, payload.length / size);
    return Tensor.ofRaw(dataType, shape, payload);
  }

  private static void requireCount(@Nullable Shape shape, int count) throws BadJsonEventException {
    if (shape != null && shape.fixedElementCount() != count) {
      throw new BadJsonEventException(
          "the shape has "
              + shape.fixedElementCount()
              + " elements (rank "
              + shape.rank()
              + "), but the tensor has "
              + count);
    }
  }

  private static DataType dataType(String name) throws BadJsonEventException {
    DataType dataType = DATA_TYPES.get(name.toUpperCase(Locale.ROOT));
    if (dataType == null) {
      throw new BadJsonEventException(
          "dtype must be one of " + String.join(", ", DATA_TYPES.keySet()));
    }
    return dataType;
  }

  private static Shape shape(JsonParser parser) throws IOException, BadJsonEventException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new BadJsonEventException("shape is not an array");
    }
    long[] dims = new long[8];
    int rank = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (rank == dims.length) {
        dims = Arrays.copyOf(dims, 2 * rank);
      }
      dims[rank] = JsonElements.integer(parser, "shape[" + rank + "]", 0, Integer.MAX_VALUE);
      rank++;
    }
    try {
      return Shape.of(Arrays.copyOf(dims, rank));
    } catch (IllegalArgumentException e) {
      throw new BadJsonEventException("a shape of rank " + rank + " has 2^31 elements or more");
    }
  }

  private static byte[] base64(JsonParser parser) throws IOException, BadJsonEventException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new BadJsonEventException("base64 is not a string");
    }
    try {
      return parser.getBinaryValue(BASE64);
    } catch (JsonProcessingException e) {
      throw new BadJsonEventException("base64 is not valid base64");
    }
  }
}
