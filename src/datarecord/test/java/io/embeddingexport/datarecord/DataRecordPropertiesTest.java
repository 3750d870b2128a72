package io.embeddingexport.datarecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

class DataRecordPropertiesTest {
  /** Objects for a two-byte entry, hash tables. */
  private static final int BYTES_PER_BYTE = 40;

  /** An exception's message and stack, and AssertJ's check of its offset. */
  private static final int BYTES_PER_RECORD = 16_384;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Property(tries = 300)
  void readShouldBeTheInverseOfWrite(@ForAll("records") DataRecordView record)
      throws MalformedRecordException {
    byte[] bytes = new DataRecordWriter().addAll(record).write();

    assertThat(DataRecordReader.read(bytes)).isEqualTo(record);
  }

  @Property(tries = 300)
  void writeShouldEqualLibthriftByteForByte(@ForAll("records") DataRecordView record) {
    byte[] bytes = new DataRecordWriter().addAll(record).write();

    assertThat(bytes).isEqualTo(LibThrift.serialize(LibThrift.toThrift(record)));
  }

  @Property(tries = 300)
  void readShouldAgreeWithLibthriftOnItsBytes(@ForAll("records") DataRecordView record)
      throws MalformedRecordException {
    byte[] bytes = LibThrift.serialize(LibThrift.toThrift(record));

    assertThat(LibThrift.toThrift(DataRecordReader.read(bytes)))
        .isEqualTo(LibThrift.deserialize(bytes));
  }

  @Property(tries = 60)
  void everyTruncationShouldBeMalformed(@ForAll("records") DataRecordView record) {
    byte[] bytes = new DataRecordWriter().addAll(record).write();

    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThat(readOrRefuse(cut)).as("first %d bytes", length).isNull();
    }
  }

  @Property(tries = 2000)
  @Tag("fuzz")
  void everyMutationShouldReadOrBeMalformed(
      @ForAll("records") DataRecordView record,
      @ForAll @Size(min = 1, max = 4) int[] positions,
      @ForAll @Size(4) byte[] values) {
    byte[] bytes = new DataRecordWriter().addAll(record).write();
    for (int i = 0; i < positions.length; i++) {
      bytes[Math.floorMod(positions[i], bytes.length)] = values[i];
    }

    DataRecordView read = readOrRefuse(bytes);
    if (read != null) {
      touch(read);
      // What is read can be written and read again, but for sparse values that were all NaN.
      assertThat(readOrRefuse(new DataRecordWriter().addAll(read).write())).isNotNull();
    }
  }

  @Property(tries = 1000)
  @Tag("fuzz")
  void anyBytesShouldReadOrBeMalformed(
      @ForAll @Size(max = 200) @ByteRange(min = 0, max = 15) byte[] bytes) {
    DataRecordView read = readOrRefuse(bytes);
    if (read != null) {
      touch(read);
    }
  }

  @Property(tries = 500)
  @Tag("fuzz")
  void everyLengthGivenAnyValueShouldNotMakeTheReaderAllocate(
      @ForAll("records") DataRecordView record,
      @ForAll @IntRange(max = 1 << 20) int position,
      @ForAll int length) {
    byte[] bytes = new DataRecordWriter().addAll(record).write();
    for (int i = 0; i < 4; i++) {
      bytes[(position + i) % bytes.length] = (byte) (length >> (24 - 8 * i));
    }

    readOrRefuse(bytes);
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

  /** Null if refused; fails if anything else is thrown or much is allocated. */
  private static @Nullable DataRecordView readOrRefuse(byte[] bytes) {
    // The first time round, classes may be loaded and call sites linked.
    tryToRead(bytes);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    DataRecordView view = tryToRead(bytes);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated)
        .isLessThanOrEqualTo(BYTES_PER_RECORD + (long) BYTES_PER_BYTE * bytes.length);
    return view;
  }

  private static @Nullable DataRecordView tryToRead(byte[] bytes) {
    try {
      return DataRecordReader.read(bytes);
    } catch (MalformedRecordException e) {
      assertThat(e.offset()).isBetween(0, bytes.length);
      return null;
    } catch (RuntimeException | Error e) {
      return fail("neither read nor refused: " + Arrays.toString(bytes), e);
    }
  }

  @Provide
  Arbitrary<DataRecordView> records() {
    return Records.records();
  }
}
