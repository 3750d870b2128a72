package io.embeddingexport.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import io.embeddingexport.datarecord.DataType;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the elements of one JSON array into a little-endian payload, exactly: a number outside the
 * element type is refused, never rounded. Not thread-safe.
 */
final class JsonElements {
  /** The buffer of a longer array is not reused. */
  private static final int KEPT_BYTES = 1 << 20;

  /** Longest array that every JVM supports. */
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] buffer = new byte[1024];

  /** The element type if none is stated, inferred from the first element. */
  static DataType inferred(JsonToken first) {
    return switch (first) {
      case VALUE_STRING -> DataType.STRING;
      case VALUE_TRUE, VALUE_FALSE -> DataType.BOOL;
      default -> DataType.FLOAT;
    };
  }

  /**
   * Reads numbers or booleans up to the end of the array.
   *
   * @param parser at the first element, or at the end of an empty array
   * @return the elements' payload
   */
  byte[] numbers(JsonParser parser, DataType dataType) throws IOException, BadJsonEventException {
    int size = dataType.elementBytes();
    int length = 0;
    for (JsonToken token = parser.currentToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (size > buffer.length - length) {
        buffer = Arrays.copyOf(buffer, grown(buffer.length, size));
      }
      put(parser, token, dataType, length);
      length += size;
    }
    byte[] payload = Arrays.copyOf(buffer, length);
    if (buffer.length > KEPT_BYTES) {
      buffer = new byte[KEPT_BYTES];
    }
    return payload;
  }

  /**
   * The next size of a full buffer.
   *
   * @param size bytes of an element that must fit
   */
  static int grown(int capacity, int size) throws BadJsonEventException {
    if (capacity > MAX_BYTES - size) {
      throw new BadJsonEventException("the elements need more than " + MAX_BYTES + " bytes");
    }
    return (int) Math.min(2L * capacity, MAX_BYTES);
  }

  private void put(JsonParser parser, JsonToken token, DataType dataType, int at)
      throws IOException, BadJsonEventException {
    int index = at / dataType.elementBytes();
    switch (dataType) {
      case FLOAT ->
          INT.set(buffer, at, Float.floatToRawIntBits(floatElement(parser, token, index)));
      case DOUBLE ->
          LONG.set(buffer, at, Double.doubleToRawLongBits(doubleElement(parser, token, index)));
      case INT32 ->
          INT.set(buffer, at, (int) integer(parser, index, Integer.MIN_VALUE, Integer.MAX_VALUE));
      case INT64 -> LONG.set(buffer, at, integer(parser, index, Long.MIN_VALUE, Long.MAX_VALUE));
      case UINT8 -> buffer[at] = (byte) integer(parser, index, 0, 255);
      case BOOL ->
          buffer[at] =
              (byte)
                  (token == JsonToken.VALUE_TRUE
                      ? 1
                      : token == JsonToken.VALUE_FALSE ? 0 : integer(parser, index, 0, 1));
      case STRING, BYTE -> throw new IllegalArgumentException(dataType + " is not a number");
    }
  }

  private static float floatElement(JsonParser parser, JsonToken token, int index)
      throws IOException, BadJsonEventException {
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
      throws IOException, BadJsonEventException {
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
      throws IOException, BadJsonEventException {
    return switch (token == JsonToken.VALUE_STRING ? parser.getText() : "") {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default ->
          throw new BadJsonEventException(
              "element " + index + " is neither a number nor \"NaN\", \"Infinity\", \"-Infinity\"");
    };
  }

  private static BadJsonEventException beyond(int index, DataType dataType) {
    return new BadJsonEventException("element " + index + " is beyond the range of " + dataType);
  }

  private static long integer(JsonParser parser, int index, long least, long most)
      throws IOException, BadJsonEventException {
    return integer(parser, "element " + index, least, most);
  }

  /** The whole number at the parser's token; {@code what} names it in an error. */
  static long integer(JsonParser parser, Object what, long least, long most)
      throws IOException, BadJsonEventException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != NumberType.BIG_INTEGER) {
      long value = parser.getLongValue();
      if (value >= least && value <= most) {
        return value;
      }
    }
    throw new BadJsonEventException(what + " is not a whole number from " + least + " to " + most);
  }

  /** Reads strings up to the end of the array, each as UTF-8. */
  static List<byte[]> strings(JsonParser parser) throws IOException, BadJsonEventException {
    List<byte[]> strings = new ArrayList<>();
    for (JsonToken token = parser.currentToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token != JsonToken.VALUE_STRING) {
        throw new BadJsonEventException("element " + strings.size() + " is not a string");
      }
      String text = parser.getText();
      if (!isEncodable(text)) {
        throw halfPair("element " + strings.size());
      }
      strings.add(text.getBytes(StandardCharsets.UTF_8));
    }
    return strings;
  }

  /** Text that can be encoded as UTF-8. */
  static String text(JsonParser parser, String what) throws IOException, BadJsonEventException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new BadJsonEventException(what + " is not a string");
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

  private static BadJsonEventException halfPair(String what) {
    return new BadJsonEventException(
        what + " contains half of a surrogate pair, which UTF-8 cannot encode");
  }
}
