package io.embeddingexport.event.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.embeddingexport.event.BadEventException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads texts that are one JSON object in UTF-8. Not thread-safe. */
public final class JsonText {
  private static final int NO_PLACE = -1;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private final JsonParsers parsers = new JsonParsers();
  private int position;

  /** Reads the object at the parser's token, up to its end. */
  @FunctionalInterface
  public interface Body {
    void read(JsonParser parser) throws IOException, BadEventException;
  }

  /** Whether a value begins as JSON does. */
  public static boolean isNative(byte[] value) {
    return value.length == 0 || beginsAsUtf8Object(value, 0) || value[0] == '[';
  }

  /** Offset in the array of what was read last; -1 if no place can be named. */
  public int position() {
    return position;
  }

  /**
   * Reads the object from that offset to the array's end.
   *
   * @throws BadEventException if it is no JSON, more follows, or {@code body} throws it; {@link
   *     #position} is where
   */
  public void read(byte[] bytes, int from, Body body) throws BadEventException {
    position = from;
    if (!beginsAsUtf8Object(bytes, from)) {
      throw new BadEventException("no UTF-8 JSON object begins here");
    }
    requireNoFf(bytes, from);
    try (JsonParser parser = parsers.of(bytes, from)) {
      try {
        parser.nextToken();
        body.read(parser);
        if (parser.nextToken() != null) {
          throw new BadEventException("more data follows the event; send one event per message");
        }
      } catch (BadEventException e) {
        position = from + (int) parser.currentTokenLocation().getByteOffset();
        throw e;
      } catch (StreamConstraintsException e) {
        // It has no place, and its message names methods of Jackson.
        position = from + (int) parser.currentLocation().getByteOffset();
        throw new BadEventException(JsonParsers.LIMITS);
      }
    } catch (JsonEOFException e) {
      position = bytes.length;
      throw new BadEventException("the text ends inside a value");
    } catch (JsonProcessingException e) {
      // Jackson's message may quote the payload.
      position = e.getLocation() == null ? NO_PLACE : from + (int) e.getLocation().getByteOffset();
      throw new BadEventException("not valid JSON");
    } catch (IOException e) {
      position = NO_PLACE;
      throw new BadEventException("not valid JSON in UTF-8");
    }
  }

  /** A parser of the text from that offset, to read a part of it once more. */
  public JsonParser again(byte[] bytes, int from) throws IOException {
    return parsers.of(bytes, from);
  }

  /**
   * Jackson fills the last bytes of a name with FF when it looks whether it has met the name. So it
   * would take {@code mode FF l} for {@code model}, if it has met that, and else refuse it: what an
   * event is would depend on those before it. UTF-8 has no byte FF.
   */
  private void requireNoFf(byte[] bytes, int from) throws BadEventException {
    int at = from;
    for (; at <= bytes.length - Long.BYTES; at += Long.BYTES) {
      long inverted = ~(long) LONG.get(bytes, at);
      // Finds a zero byte of eight at once.
      if ((inverted - ONES & ~inverted & HIGH_BITS) != 0) {
        break;
      }
    }
    for (; at < bytes.length; at++) {
      if (bytes[at] == -1) {
        position = at;
        throw new BadEventException("not UTF-8: a byte FF");
      }
    }
  }

  /** Jackson would read the text as UTF-16 or UTF-32 if its first characters had a zero byte. */
  private static boolean beginsAsUtf8Object(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] > ' ' || bytes[i] <= 0) {
        return bytes[i] == '{' && (i + 1 == bytes.length || bytes[i + 1] != 0);
      }
    }
    return false;
  }
}
