package io.embeddingexport.datarecord;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.Size;

class DataRecordPropertiesTest {
  @Property(tries = 300)
  void readShouldBeTheInverseOfWrite(@ForAll("records") Contents record)
      throws MalformedRecordException {
    byte[] bytes = record.write();

    assertThat(Contents.of(DataRecordReader.read(bytes))).isEqualTo(record);
  }

  @Property(tries = 300)
  void writeShouldEqualLibthriftByteForByte(@ForAll("records") Contents record) {
    byte[] bytes = record.write();

    assertThat(bytes).isEqualTo(LibThrift.serialize(LibThrift.toThrift(record)));
  }

  @Property(tries = 300)
  void readShouldAgreeWithLibthriftOnItsBytes(@ForAll("records") Contents record)
      throws MalformedRecordException {
    byte[] bytes = LibThrift.serialize(LibThrift.toThrift(record));

    assertThat(LibThrift.toThrift(Contents.of(DataRecordReader.read(bytes))))
        .isEqualTo(LibThrift.deserialize(bytes));
  }

  @Property(tries = 300)
  void whatIsWrittenOfAViewShouldBeReadAgain(@ForAll("records") Contents record)
      throws MalformedRecordException {
    DataRecordView view = DataRecordReader.read(record.write());

    assertThat(DataRecordReader.read(new DataRecordWriter().addAll(view).write())).isEqualTo(view);
    assertThat(DataRecordReader.read(view.toBytes())).isEqualTo(view).hasSameHashCodeAs(view);
  }

  /** Two records as one: each field comes twice, so entries repeat and merge. */
  @Property(tries = 300)
  void aFeatureShouldHaveTheSameValueAloneAsAmongItsField(
      @ForAll("records") Contents first, @ForAll("records") Contents second)
      throws MalformedRecordException {
    DataRecordView view = DataRecordReader.read(joined(first.write(), second.write()));
    Contents all = Contents.of(view);

    Lookups.requireSame(view, all);
    assertThat(all.binary()).containsAll(first.binary()).containsAll(second.binary());
    assertThat(all.discrete()).containsAllEntriesOf(second.discrete());
    assertThat(all.tensors()).containsAllEntriesOf(first.tensors());
  }

  /** The fields of both, before one stop byte. */
  private static byte[] joined(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length - 1 + second.length);
    System.arraycopy(second, 0, joined, first.length - 1, second.length);
    return joined;
  }

  @Property(tries = 60)
  void everyTruncationShouldBeMalformed(@ForAll("records") Contents record) {
    byte[] bytes = record.write();

    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThat(CheckedRead.readOrRefuse(cut)).as("first %d bytes", length).isNull();
    }
  }

  @Property(tries = 1000)
  @Tag("fuzz")
  void anyBytesShouldReadOrBeMalformed(
      @ForAll @Size(max = 200) @ByteRange(min = 0, max = 15) byte[] bytes) {
    CheckedRead.readOrRefuse(bytes);
  }

  @Provide
  Arbitrary<Contents> records() {
    return Records.records();
  }
}
