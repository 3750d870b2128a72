package io.embeddingexport.event.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.plan.GrowingBytes;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the elements of JSON arrays into a little-endian payload, exactly: a number outside the
 * element type is refused, never rounded. Not thread-safe.
 */
public final class JsonElements {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final GrowingBytes buffer = new GrowingBytes();

  /** The element type if none is stated, inferred from the first element. */
  static DataType inferred(JsonToken first) {
    return switch (first) {
      case VALUE_STRING -> DataType.STRING;
      case VALUE_TRUE, VALUE_FALSE -> DataType.BOOL;
      default -> DataType.FLOAT;
    };
  }

  /** Forgets the elements read before. */
  void clear() {
    buffer.clear();
  }

  /** Adds the number or boolean at the parser's token. */
  void add(JsonParser parser, JsonToken token, DataType dataType)
      throws IOException, BadEventException {
    int at = buffer.append(dataType.elementBytes());
    put(parser, token, dataType, buffer.array(), at);
  }

  /** A copy of the elements. */
  byte[] payload() {
    return Arrays.copyOf(buffer.array(), buffer.length());
  }

  private static void put(
      JsonParser parser, JsonToken token, DataType dataType, byte[] payload, int at)
      throws IOException, BadEventException {
    int index = at / dataType.elementBytes();
    switch (dataType) {
      case FLOAT ->
          INT.set(payload, at, Float.floatToRawIntBits(floatElement(parser, token, index)));
      case DOUBLE ->
          LONG.set(payload, at, Double.doubleToRawLongBits(doubleElement(parser, token, index)));
      case INT32 ->
          INT.set(payload, at, (int) integer(parser, index, Integer.MIN_VALUE, Integer.MAX_VALUE));
      case INT64 -> LONG.set(payload, at, integer(parser, index, Long.MIN_VALUE, Long.MAX_VALUE));
      case UINT8 -> payload[at] = (byte) integer(parser, index, 0, 255);
      case BOOL ->
          payload[at] =
              (byte)
                  (token == JsonToken.VALUE_TRUE
                      ? 1
                      : token == JsonToken.VALUE_FALSE ? 0 : integer(parser, index, 0, 1));
      case STRING, BYTE -> throw new IllegalArgumentException(dataType + " is not a number");
    }
  }

  private static float floatElement(JsonParser parser, JsonToken token, int index)
      throws IOException, BadEventException {
    if (!token.isNumeric()) {
      return (float) nonFinite(parser, token, index);
    }
    float value = parser.getFloatValue();
    if (!Float.isFinite(value)) {
      throw beyond(index, DataType.FLOAT);
    }
    return value == 0 && isNegative(parser) ? -0.0f : value;
  }

  private static double doubleElement(JsonParser parser, JsonToken token, int index)
      throws IOException, BadEventException {
    if (!token.isNumeric()) {
      return nonFinite(parser, token, index);
    }
    double value = parser.getDoubleValue();
    if (!Double.isFinite(value)) {
      throw beyond(index, DataType.DOUBLE);
    }
    return value == 0 && isNegative(parser) ? -0.0 : value;
  }

  /** Jackson reads {@code -0} as a whole number, which has no negative zero. */
  private static boolean isNegative(JsonParser parser) throws IOException {
    return parser.getTextCharacters()[parser.getTextOffset()] == '-';
  }

  /** JSON has no such numbers, so they are sent as text. */
  private static double nonFinite(JsonParser parser, JsonToken token, int index)
      throws IOException, BadEventException {
    return switch (token == JsonToken.VALUE_STRING ? parser.getText() : "") {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default ->
          throw new BadEventException(
              "element " + index + " is neither a number nor \"NaN\", \"Infinity\", \"-Infinity\"");
    };
  }

  private static BadEventException beyond(int index, DataType dataType) {
    return new BadEventException("element " + index + " is beyond the range of " + dataType);
  }

  private static long integer(JsonParser parser, int index, long least, long most)
      throws IOException, BadEventException {
    return integer(parser, "element " + index, least, most);
  }

  /** The whole number at the parser's token; {@code what} names it in an error. */
  public static long integer(JsonParser parser, Object what, long least, long most)
      throws IOException, BadEventException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != NumberType.BIG_INTEGER) {
      long value = parser.getLongValue();
      if (value >= least && value <= most) {
        return value;
      }
    }
    throw new BadEventException(what + " is not a whole number from " + least + " to " + most);
  }

  /** The string at the parser's token, in UTF-8. */
  static byte[] string(JsonParser parser, JsonToken token, int index)
      throws IOException, BadEventException {
    if (token != JsonToken.VALUE_STRING) {
      throw new BadEventException("element " + index + " is not a string");
    }
    String text = parser.getText();
    if (!isEncodable(text)) {
      throw halfPair("element " + index);
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Text that can be encoded as UTF-8. */
  public static String text(JsonParser parser, String what) throws IOException, BadEventException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new BadEventException(what + " is not a string");
    }
    String text = parser.getText();
    if (!isEncodable(text)) {
      throw halfPair(what);
    }
    return text;
  }

  private static boolean isEncodable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        int next = i + 1;
        if (next == text.length()
            || !Character.isSurrogatePair(text.charAt(i), text.charAt(next))) {
          return false;
        }
        i = next;
      }
    }
    return true;
  }

  private static BadEventException halfPair(String what) {
    return new BadEventException(
        what + " contains half of a surrogate pair, which UTF-8 cannot encode");
  }
}
