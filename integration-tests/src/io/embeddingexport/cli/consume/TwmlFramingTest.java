package io.embeddingexport.cli.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.thrift.DataRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.thrift.TDeserializer;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializer;
import org.junit.jupiter.api.Test;

/** What twml's reader finds in our streams. */
class TwmlFramingTest {
  private static final String TWML_SEPARATOR = "29d8d50658cd4c29b2bc57992171bdff";

  /** A record of a blob has this many bytes more than the blob. */
  private static final int AROUND_A_BLOB = 22;

  private final SplittableRandom random = new SplittableRandom(18);

  /** Why there are zeros between a record and twml's separator. */
  @Test
  void givenSmallRecordsWithoutPaddingThenTheReaderGluesThemAndADecoderLosesAllButTheFirst()
      throws Exception {
    List<DataRecord> records = IntStream.range(0, 100).mapToObj(i -> record(1000)).toList();

    List<byte[]> found = found(Framing.of(TWML_SEPARATOR), records);

    assertThat(found).hasSize(13);
    assertThat(found.get(1)).hasSizeGreaterThan(7 * 1000);
    assertThat(decoded(found)).hasSameSizeAs(found).isSubsetOf(records);
  }

  @Test
  void everyRecordOfAnySizeIsFoundOnceAndInOrder() throws Exception {
    List<DataRecord> records =
        IntStream.range(0, 2_000)
            .mapToObj(i -> random.nextInt(100) == 0 ? new DataRecord() : record(size()))
            .toList();

    assertThat(decoded(found(Framing.of(Framing.TWML), records))).isEqualTo(records);
  }

  /** Any from 1 to 30,000 bytes, and often one that just fits into blocks, or just does not. */
  private int size() {
    return random.nextBoolean()
        ? random.nextInt(1, 30_001)
        : 8192 * random.nextInt(1, 4) - 16 + random.nextInt(-3, 4);
  }

  /** The reader must not wait for the next record, which may never come. */
  @Test
  void aRecordIsFoundWithTheBytesOfItsOwnFrameAlone() throws Exception {
    for (int size = 1; size < 30_000; size += 1_000) {
      byte[] frame = Framing.of(Framing.TWML).frame(bytes(record(size)));

      assertThat(new TwmlPipeReader(new ByteArrayInputStream(frame)).next()).isNotNull();
    }
  }

  /** Random bytes in a record of about {@code size} bytes. */
  private DataRecord record(int size) {
    byte[] blob = new byte[Math.max(0, size - AROUND_A_BLOB)];
    random.nextBytes(blob);
    return new DataRecord().setBlobFeatures(Map.of(7L, ByteBuffer.wrap(blob)));
  }

  private static List<byte[]> found(Framing framing, List<DataRecord> records)
      throws SeparatorInRecordException, IOException {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (DataRecord record : records) {
      stream.writeBytes(framing.frame(bytes(record)));
    }
    TwmlPipeReader reader = new TwmlPipeReader(new ByteArrayInputStream(stream.toByteArray()));
    List<byte[]> found = new ArrayList<>();
    for (byte[] next = reader.next(); next != null; next = reader.next()) {
      found.add(next);
    }
    return found;
  }

  private static byte[] bytes(DataRecord record) {
    try {
      return new TSerializer().serialize(record);
    } catch (TException e) {
      throw new AssertionError(e);
    }
  }

  /** What a decoder that ends at the stop byte makes of them. */
  private static List<DataRecord> decoded(List<byte[]> found) throws TException {
    List<DataRecord> records = new ArrayList<>();
    for (byte[] bytes : found) {
      DataRecord record = new DataRecord();
      new TDeserializer().deserialize(record, bytes);
      records.add(record);
    }
    return records;
  }
}
