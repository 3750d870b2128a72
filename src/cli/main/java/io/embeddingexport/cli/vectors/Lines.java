package io.embeddingexport.cli.vectors;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The lines of a stream as bytes, in any encoding. A line ends at LF or CR LF. Not thread-safe. */
public final class Lines {
  private final InputStream in;
  private long number;

  public Lines(InputStream in) {
    this.in = new BufferedInputStream(in, 1 << 16);
  }

  /** The next line, without its end; null if there is none. */
  public byte @Nullable [] next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    int next = in.read();
    if (next < 0) {
      return null;
    }
    for (; next >= 0 && next != '\n'; next = in.read()) {
      line.write(next);
    }
    number++;
    byte[] bytes = line.toByteArray();
    int length = bytes.length;
    return length > 0 && bytes[length - 1] == '\r' ? Arrays.copyOf(bytes, length - 1) : bytes;
  }

  /** Number of the last line from {@link #next}, from 1. */
  public long number() {
    return number;
  }

  /** Whether the next line is known to be available without waiting. */
  public boolean ready() throws IOException {
    return in.available() > 0;
  }
}
