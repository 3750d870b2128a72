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
  Arbitrary<DataRecordView> records() {
    return Records.records();
  }
}
