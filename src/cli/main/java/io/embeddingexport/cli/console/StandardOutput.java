package io.embeddingexport.cli.console;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Remembers write failures, which a {@code PrintWriter} hides. */
public final class StandardOutput extends OutputStream {
  private final OutputStream out;
  private @Nullable IOException failure;

  public StandardOutput(OutputStream out) {
    this.out = out;
  }

  /** Reason a write failed; null if none did, or if the reader has seen enough. */
  public @Nullable IOException failure() {
    return failure == null || isClosedPipe(failure) ? null : failure;
  }

  /** Whether the reader of our output has gone: {@code decode | head}. */
  public static boolean isClosedPipe(IOException failure) {
    // The C library words it, in the language of the user: "Datenübergabe unterbrochen (broken
    // pipe)".
    return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = failure == null ? e : failure;
      throw e;
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }
}
