package io.embeddingexport.event.kserve;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.json.JsonArrayReader;
import io.embeddingexport.event.json.JsonElements;
import io.embeddingexport.event.json.JsonText;
import io.embeddingexport.event.mapping.ElementType;
import io.embeddingexport.event.plan.ElementReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Predicate;

/**
 * Reads responses in JSON.
 *
 * <pre>
 * response = { "model_name": text, "model_version": text, "id": text, "outputs": [ output* ], ... }
 * output   = { "name": text, "datatype": type, "shape": [ extent+ ], "data": array, ... }
 * array    = [ element* ] | [ array* ]
 * </pre>
 *
 * <p>Fields come in any order. A null is as good as no field, and other fields are skipped.
 * Elements are flat or nested; nested ones have the shape that is stated.
 */
final class KserveJson implements KserveResponse.Form {
  private static final int NO_DATA = -1;

  /** The fields of an output that are read. */
  private static final List<String> FIELDS = List.of("name", "datatype", "shape", "data");

  private final Predicate<String> wanted;
  private final JsonText text = new JsonText();
  private final JsonArrayReader arrays = new JsonArrayReader();
  private final KserveHeader header = new KserveHeader();
  private byte[] event = {};

  /**
   * @param wanted whether the output of a name is wanted
   */
  KserveJson(Predicate<String> wanted) {
    this.wanted = wanted;
  }

  @Override
  public boolean isNative(byte[] value) {
    return JsonText.isNative(value);
  }

  @Override
  public KserveResponse read(byte[] bytes) throws BadEventException {
    event = bytes;
    arrays.begin();
    KserveResponse response = new KserveResponse();
    try {
      text.read(bytes, 0, parser -> response(parser, response));
    } catch (BadEventException e) {
      int position = text.position();
      throw new BadEventException((position < 0 ? "" : "byte " + position + ": ") + e.getMessage());
    }
    return response;
  }

  private void response(JsonParser parser, KserveResponse response)
      throws IOException, BadEventException {
    for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
      JsonToken token = parser.nextToken();
      Integer number = KserveResponse.TEXTS.get(field);
      if (number != null && token != JsonToken.VALUE_NULL) {
        response.text(number, JsonElements.text(parser, field));
      } else if (field.equals("outputs") && token == JsonToken.START_ARRAY) {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          output(parser, response);
        }
        if (parser.currentToken() != JsonToken.END_ARRAY) {
          throw new BadEventException("an item of outputs is not an object");
        }
      } else {
        parser.skipChildren();
      }
    }
  }

  private void output(JsonParser parser, KserveResponse response)
      throws IOException, BadEventException {
    header.clear();
    boolean isWanted = true;
    Tensor data = null;
    int dataFrom = NO_DATA;
    int seen = 0;
    for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.VALUE_NULL) {
        continue;
      }
      int known = FIELDS.indexOf(field);
      if (known < 0) {
        parser.skipChildren();
        continue;
      }
      // Data is read by the type before it, which a second type would make another.
      if ((seen & (1 << known)) != 0) {
        throw new BadEventException(field + " of an output is given twice; send it once");
      }
      seen |= 1 << known;
      switch (field) {
        case "name" -> {
          header.name(JsonElements.text(parser, field));
          isWanted = wanted.test(header.name());
        }
        case "datatype" -> {
          byte[] name = JsonElements.text(parser, field).getBytes(UTF_8);
          header.type(KserveType.BY_NAME.find(name, 0, name.length));
        }
        case "shape" -> shape(parser, header);
        default -> { // data
          if (token != JsonToken.START_ARRAY) {
            throw new BadEventException("data of an output is not an array");
          }
          dataFrom = (int) parser.currentTokenLocation().getByteOffset();
          data = null;
          if (isWanted && header.name() != null && header.type() != null) {
            data = data(parser, header);
          } else {
            parser.skipChildren();
          }
        }
      }
    }
    if (header.name() == null || !isWanted) {
      return;
    }
    if (dataFrom == NO_DATA) {
      throw new BadEventException("output " + header.name() + " has no data; send it as JSON");
    }
    response.add(output(header, data == null ? dataAgain(dataFrom, header) : data));
  }

  private static void shape(JsonParser parser, KserveHeader header)
      throws IOException, BadEventException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new BadEventException("shape of an output is not an array");
    }
    header.clearShape();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      header.dim(JsonElements.integer(parser, "an extent of a shape", 0, Integer.MAX_VALUE));
    }
  }

  private Tensor data(JsonParser parser, KserveHeader header)
      throws IOException, BadEventException {
    ElementType element = header.requireType().element();
    try {
      return arrays.read(parser, element == null ? DataType.STRING : element.natural());
    } catch (BadEventException e) {
      throw new BadEventException("output " + header.name() + ": " + e.getMessage());
    }
  }

  /** Reads elements whose type is stated behind them. */
  private Tensor dataAgain(int from, KserveHeader header) throws IOException, BadEventException {
    header.requireType();
    try (JsonParser parser = text.again(event, from)) {
      parser.nextToken();
      return data(parser, header);
    }
  }

  private static KserveOutput output(KserveHeader header, Tensor data) throws BadEventException {
    KserveType type = header.requireType();
    if (data.hasShape() && !header.hasShape(data.shape())) {
      throw new BadEventException(
          "output " + header.name() + " has data nested otherwise than its shape; correct one");
    }
    byte[] payload = new byte[data.contentLength()];
    data.content().get(payload);
    if (type == KserveType.BYTES) {
      lengthsToLittleEndian(payload);
      return KserveOutput.of(header, null, payload, 0, payload.length);
    }
    ElementType element = ElementType.of(data.dataType());
    if (type.isWhole()) {
      requireInRange(header, element, payload);
    }
    return KserveOutput.of(header, element, payload, 0, payload.length);
  }

  private static void requireInRange(KserveHeader header, ElementType element, byte[] payload)
      throws BadEventException {
    try {
      KserveType type = header.requireType();
      for (int at = 0; at < payload.length; at += element.bytes()) {
        type.requireInRange(ElementReader.whole(element, payload, at, false));
      }
    } catch (BadEventException e) {
      throw new BadEventException("output " + header.name() + ": " + e.getMessage());
    }
  }

  /** A record has the lengths of strings in the other order than raw contents. */
  private static void lengthsToLittleEndian(byte[] strings) {
    ByteBuffer bytes = ByteBuffer.wrap(strings);
    while (bytes.hasRemaining()) {
      int at = bytes.position();
      int length = bytes.order(ByteOrder.BIG_ENDIAN).getInt(at);
      bytes.order(ByteOrder.LITTLE_ENDIAN).putInt(at, length);
      bytes.position(at + Integer.BYTES + length);
    }
  }
}
