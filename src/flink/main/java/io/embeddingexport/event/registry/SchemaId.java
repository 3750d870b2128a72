package io.embeddingexport.event.registry;

import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.EventMessage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * The id of a message's schema, as a registry's serializers write it: before the event, or in a
 * header.
 *
 * <pre>
 * value  = 00 id:i32 [indexes] event         the older form
 * header = 00 id:i32 [indexes]               {@value #HEADER}; the value is the event alone
 *        | 01 guid:16 bytes                  not supported
 * indexes = count:zigzag index:zigzag*       Protobuf: the path to the message in its file;
 *                                            a count of 0 is short for one index, 0
 * </pre>
 *
 * Reused; not thread-safe.
 */
final class SchemaId {
  static final String HEADER = "__value_schema_id";

  private static final byte ID = 0;
  private static final byte GUID = 1;
  private static final int PREFIX = 1 + Integer.BYTES;
  private static final int MAX_INDEXES = 64;
  private static final int[] FIRST_MESSAGE = {0};

  private final boolean hasIndexes;
  private int id;
  private int[] indexes = FIRST_MESSAGE;
  private int eventFrom;

  private byte[] bytes = {};
  private int at;

  /**
   * @param hasIndexes whether message indexes follow an id: for Protobuf
   */
  SchemaId(boolean hasIndexes) {
    this.hasIndexes = hasIndexes;
  }

  int id() {
    return id;
  }

  /** The path to the message in its file; must not be changed. */
  int[] indexes() {
    return indexes;
  }

  /** Where the event begins in the message's value. */
  int eventFrom() {
    return eventFrom;
  }

  /** Reads the id of a message that has a value. */
  void read(EventMessage message) throws BadEventException {
    byte[] header = message.header(HEADER);
    byte[] value = Objects.requireNonNull(message.value());
    bytes = header == null ? value : header;
    if (header != null && header.length > 0 && header[0] == GUID) {
      throw new BadEventException(
          "header "
              + HEADER
              + " has a schema's GUID, which is not supported; have the producer send ids");
    }
    if (bytes.length < PREFIX || bytes[0] != ID) {
      throw new BadEventException(
          header == null
              ? "no registry's schema id begins here (00 and 4 bytes); if the events have none,"
                  + " name a schema file in the mapping"
              : "header " + HEADER + " is no schema id (00 and 4 bytes)");
    }
    id = ByteBuffer.wrap(bytes).getInt(1);
    at = PREFIX;
    if (hasIndexes) {
      readIndexes();
    }
    eventFrom = header == null ? at : 0;
  }

  private void readIndexes() throws BadEventException {
    int count = zigzag();
    if (count == 0) {
      indexes = FIRST_MESSAGE;
      return;
    }
    if (count < 0 || count > MAX_INDEXES) {
      throw new BadEventException("a schema id with " + count + " message indexes");
    }
    // Mostly the same message as before, which then needs no array.
    int[] read = indexes.length == count ? indexes : new int[count];
    for (int i = 0; i < count; i++) {
      int index = zigzag();
      if (index < 0) {
        throw new BadEventException("a schema id with message index " + index);
      }
      if (read[i] != index && read == indexes) {
        read = Arrays.copyOf(indexes, count);
      }
      read[i] = index;
    }
    indexes = read;
  }

  private int zigzag() throws BadEventException {
    int value = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += 7) {
      if (at == bytes.length) {
        throw new BadEventException("the message ends inside its schema id");
      }
      byte next = bytes[at++];
      value |= (next & 0x7f) << shift;
      if (next >= 0) {
        return value >>> 1 ^ -(value & 1);
      }
    }
    throw new BadEventException("a schema id with a message index of more than 32 bits");
  }
}
