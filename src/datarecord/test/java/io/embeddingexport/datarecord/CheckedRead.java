package io.embeddingexport.datarecord;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Reads hostile bytes: the documented exception, and memory in proportion to the input. */
final class CheckedRead {
  private static final int BYTES_PER_BYTE = 4;

  /** A view, or an exception with its message. */
  private static final int BYTES_PER_RECORD = 1_024;

  /** For all fields of a view: objects for the smallest entries, hash tables. */
  private static final int BYTES_PER_DECODED_BYTE = 24;

  /** The JVM allocates too, when it loads classes and links call sites. */
  private static final int RUNS = 4;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private CheckedRead() {}

  /** Null if refused; fails if anything else is thrown or much is allocated. */
  static @Nullable DataRecordView readOrRefuse(byte[] bytes) {
    requireLittle(bytes, BYTES_PER_BYTE, () -> tryToRead(bytes));
    DataRecordView view = tryToRead(bytes);
    if (view != null) {
      requireLittle(bytes, BYTES_PER_DECODED_BYTE, () -> Contents.of(tryToRead(bytes)));
      touch(view);
    }
    return view;
  }

  private static void requireLittle(byte[] bytes, int factor, Runnable read) {
    long limit = BYTES_PER_RECORD + (long) factor * bytes.length;
    long least = Long.MAX_VALUE;
    for (int run = 0; run < RUNS && least > limit; run++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      read.run();
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    if (least > limit) {
      throw new AssertionError(
          least + " bytes allocated for " + bytes.length + ": " + HexFormat.of().formatHex(bytes));
    }
  }

  private static @Nullable DataRecordView tryToRead(byte[] bytes) {
    try {
      return DataRecordReader.read(bytes);
    } catch (MalformedRecordException e) {
      if (e.offset() < 0 || e.offset() > bytes.length) {
        throw new AssertionError("an offset outside: " + HexFormat.of().formatHex(bytes), e);
      }
      return null;
    } catch (RuntimeException | Error e) {
      throw new AssertionError("not read, not refused: " + HexFormat.of().formatHex(bytes), e);
    }
  }

  /** Everything a user may ask a view that was read. */
  private static void touch(DataRecordView view) {
    assertThat(view.hashCode()).isEqualTo(view.hashCode());
    assertThat(view.toString()).isNotEmpty();
    for (Tensor tensor : view.tensors().values()) {
      boolean opaque = !tensor.fits(TensorEncoding.standard(tensor.dataType()));
      assertThat(tensor.shape().fixedElementCount()).isEqualTo(tensor.elementCount());
      assertThat(tensor.content().remaining()).isEqualTo(tensor.contentLength());
      if (!opaque) {
        assertThat(Elements.of(tensor).elements()).hasSize(tensor.elementCount());
      }
    }
  }
}
