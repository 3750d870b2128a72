package io.embeddingexport.event.json;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.mapping.ElementType;
import io.embeddingexport.event.mapping.TensorSource;
import io.embeddingexport.event.plan.TensorValue;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON tensor: nested arrays of elements, one element, base64, or an object.
 *
 * <pre>
 * tensor = array | number | true | false | base64
 *        | { "dtype"?: type, "shape"?: [ extent* ], "data": array | "base64": base64 }
 * array  = [ element* ] | [ array* ]
 * </pre>
 *
 * <p>Elements are read once, as the type that the mapping or the object states before them. If it
 * is stated after them, the arrays are read once more.
 *
 * <p>Unlike an event, a tensor may not have unknown fields: one might change the meaning of its
 * elements.
 */
final class JsonTensorReader {
  private static final Base64Variant BASE64 = Base64Variants.MIME_NO_LINEFEEDS.withPaddingAllowed();

  private final JsonText text;
  private final JsonArrayReader arrays = new JsonArrayReader();

  JsonTensorReader(JsonText text) {
    this.text = text;
  }

  /** Forgets the event before. */
  void begin() {
    arrays.begin();
  }

  /**
   * Reads the tensor at the parser's token and leaves the parser at the tensor's last token.
   *
   * @param bytes with the whole text the parser reads
   * @param begin where that begins
   */
  void read(JsonParser parser, byte[] bytes, int begin, TensorValue tensor)
      throws IOException, BadEventException {
    TensorSource source = tensor.source();
    switch (parser.currentToken()) {
      case START_ARRAY -> array(parser, source, tensor);
      case START_OBJECT -> tensor.set(object(parser, bytes, begin));
      case VALUE_STRING -> {
        if (source.dataType() == DataType.STRING) {
          tensor.set(JsonArrayReader.ofString(parser));
        } else {
          byte[] payload = base64(parser, "the text");
          tensor.bytes(payload, 0, payload.length);
        }
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE -> {
        DataType dataType = elementsOf(source, parser.currentToken());
        if (dataType == DataType.STRING) {
          throw new BadEventException("the tensor is not a string");
        }
        byte[] payload = arrays.one(parser, dataType);
        tensor.run(ElementType.of(dataType), payload, 0, payload.length);
      }
      default -> throw new BadEventException("neither an array nor an object");
    }
  }

  private void array(JsonParser parser, TensorSource source, TensorValue tensor)
      throws IOException, BadEventException {
    if (!source.isScaled()) {
      tensor.set(arrays.read(parser, source.dataType()));
      return;
    }
    Tensor quantised = arrays.read(parser, DataType.INT64);
    byte[] payload = new byte[quantised.contentLength()];
    quantised.content().get(payload);
    tensor.run(ElementType.INT64, payload, 0, payload.length);
    if (quantised.hasShape()) {
      tensor.shape(quantised.shape());
    }
  }

  /** The type to read a tensor's elements as. */
  private static DataType elementsOf(TensorSource source, JsonToken first) {
    if (source.isScaled()) {
      return DataType.INT64;
    }
    return source.dataType() == null ? JsonElements.inferred(first) : source.dataType();
  }

  private Tensor object(JsonParser parser, byte[] bytes, int begin)
      throws IOException, BadEventException {
    DataType dataType = null;
    Shape shape = null;
    byte[] payload = null;
    Tensor data = null;
    BadEventException problem = null;
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
                throw new BadEventException(
                    "a tensor has dtype, shape, and data or base64; nothing else");
          };
      if ((seen & bit) != 0) {
        throw new BadEventException(
            bit == 4
                ? "data or base64 is given twice; send one of them"
                : field + " is given twice; send it once");
      }
      seen |= bit;
      switch (field) {
        case "dtype" -> dataType = dataType(JsonElements.text(parser, field));
        case "shape" -> shape = shape(parser);
        case "base64" -> payload = base64(parser, "base64");
        default -> {
          if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new BadEventException("data is not an array");
          }
          if (dataType != null) {
            data = arrays.read(parser, dataType);
            continue;
          }
          dataOffset = parser.currentTokenLocation().getByteOffset();
          int depth = parser.getParsingContext().getNestingDepth();
          try {
            data = arrays.read(parser, null);
          } catch (BadEventException e) {
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
      throw new BadEventException("neither data nor base64");
    }
    if (dataType != null && (data == null || data.dataType() != dataType)) {
      data = readAgain(bytes, begin + (int) dataOffset, dataType);
    }
    if (data == null) {
      throw problem;
    }
    requireCount(shape, data.elementCount());
    return shape == null ? data : data.withShape(shape);
  }

  /** Reads the array at that offset of the text. */
  private Tensor readAgain(byte[] bytes, int from, DataType dataType)
      throws IOException, BadEventException {
    try (JsonParser parser = text.again(bytes, from)) {
      parser.nextToken();
      return arrays.read(parser, dataType);
    }
  }

  private static Tensor raw(DataType dataType, @Nullable Shape shape, byte[] payload)
      throws BadEventException {
    int size = dataType.elementBytes();
    if (size == 0) {
      throw new BadEventException("strings cannot be sent as base64; send them as data");
    }
    if (payload.length % size != 0) {
      throw new BadEventException(
          payload.length + " bytes are not a whole number of " + dataType + " elements");
    }
    requireCount(shape, payload.length / size);
    return Tensor.ofRaw(dataType, shape, payload);
  }

  private static void requireCount(@Nullable Shape shape, int count) throws BadEventException {
    if (shape != null && shape.fixedElementCount() != count) {
      throw new BadEventException(
          "the shape has "
              + shape.fixedElementCount()
              + " elements (rank "
              + shape.rank()
              + "), but the tensor has "
              + count);
    }
  }

  private static DataType dataType(String name) throws BadEventException {
    DataType dataType = DataType.BY_NAME.get(name.toLowerCase(Locale.ROOT));
    if (dataType == null) {
      throw new BadEventException(
          "dtype must be one of " + String.join(", ", DataType.BY_NAME.keySet()));
    }
    return dataType;
  }

  private static Shape shape(JsonParser parser) throws IOException, BadEventException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new BadEventException("shape is not an array");
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
    return JsonArrayReader.shape(dims, rank);
  }

  private static byte[] base64(JsonParser parser, String what)
      throws IOException, BadEventException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new BadEventException(what + " is not a string");
    }
    try {
      return parser.getBinaryValue(BASE64);
    } catch (JsonProcessingException e) {
      throw new BadEventException(what + " is not valid base64");
    }
  }
}
