package io.embeddingexport.cli.consume;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Finds records in a stream as twml's {@code EventBusPipedBinaryRecordReader} does, faults and all:
 *
 * <ul>
 *   <li>It waits until it has a whole chunk, and searches only the chunk with the last bytes of the
 *       one before.
 *   <li>Of a chunk it finds the first separator only. The rest of the chunk begins the next record
 *       and is not searched again, not even for a separator that goes on in the next chunk.
 * </ul>
 *
 * At the end of the stream that reader loops without end; this one has no more records.
 */
public final class TwmlPipeReader {
  private static final int CHUNK = 8192;

  /** Latin-1 text has a character for each byte, as a string of Python 2. */
  private static final String SEPARATOR =
      new String(HexFormat.of().parseHex("29d8d50658cd4c29b2bc57992171bdff"), ISO_8859_1);

  private final InputStream in;
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

  public TwmlPipeReader(InputStream in) {
    this.in = in;
  }

  /** The next bytes that it takes for a record; null at the end of the stream. */
  public byte @Nullable [] next() throws IOException {
    String tail = "";
    while (true) {
      byte[] read = in.readNBytes(CHUNK);
      if (read.length == 0) {
        return null;
      }
      String chunk = tail + new String(read, ISO_8859_1);
      int index = chunk.indexOf(SEPARATOR);
      if (index >= 0) {
        begin(chunk.substring(0, index));
        byte[] record = begun.toByteArray();
        begun.reset();
        begin(chunk.substring(index + SEPARATOR.length()));
        return record;
      }
      int kept = Math.max(0, chunk.length() - SEPARATOR.length());
      begin(chunk.substring(0, kept));
      tail = chunk.substring(kept);
    }
  }

  private void begin(String bytes) {
    begun.writeBytes(bytes.getBytes(ISO_8859_1));
  }
}
