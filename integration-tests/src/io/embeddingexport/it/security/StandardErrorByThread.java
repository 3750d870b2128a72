package io.embeddingexport.it.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/** Keeps what each thread prints on standard error, and what threads started by it print. */
final class StandardErrorByThread extends OutputStream implements AutoCloseable {
  private final PrintStream before = System.err;
  private final InheritableThreadLocal<ByteArrayOutputStream> ofThread =
      new InheritableThreadLocal<>();

  /** Takes over {@link System#err}. */
  static StandardErrorByThread install() {
    StandardErrorByThread installed = new StandardErrorByThread();
    System.setErr(new PrintStream(installed, true, UTF_8));
    return installed;
  }

  /** Begins to keep what this thread prints. */
  ByteArrayOutputStream begin() {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    ofThread.set(kept);
    return kept;
  }

  private OutputStream target() {
    ByteArrayOutputStream kept = ofThread.get();
    return kept == null ? before : kept;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) {
    OutputStream target = target();
    synchronized (this) {
      if (target instanceof ByteArrayOutputStream kept) {
        kept.write(bytes, from, count);
      } else {
        before.write(bytes, from, count);
      }
    }
  }

  @Override
  public void close() {
    System.setErr(before);
  }
}
