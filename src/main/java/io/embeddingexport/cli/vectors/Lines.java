package io.embeddingexport.cli.vectors;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The lines of a stream as bytes, in any encoding. A line ends at LF or CR LF. Not thread-safe. */
public final class Lines {
  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int end;
  private long number;

  public Lines(InputStream in) {
    this.in = in;
  }

  /** The next line, without its end; null if there is none. */
  public byte @Nullable [] next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    boolean any = false;
    while (fill()) {
      any = true;
      int from = position;
      while (position < end && buffer[position] != '\n') {
        position++;
      }
      line.write(buffer, from, position - from);
      if (position < end) {
        position++;
        break;
      }
    }
    if (!any) {
      return null;
    }
    number++;
    return withoutCarriageReturn(line.toByteArray());
  }

  /** Number of the last line from {@link #next}, from 1. */
  public long number() {
    return number;
  }

  /** Whether the next line is known to be available without waiting. */
  public boolean ready() throws IOException {
    return position < end || in.available() > 0;
  }

  private boolean fill() throws IOException {
    if (position == end) {
      position = 0;
      end = Math.max(0, in.read(buffer));
    }
    return position < end;
  }

  private static byte[] withoutCarriageReturn(byte[] line) {
    int length = line.length;
    return length > 0 && line[length - 1] == '\r' ? Arrays.copyOf(line, length - 1) : line;
  }
}
