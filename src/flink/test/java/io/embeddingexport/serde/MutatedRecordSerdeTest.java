package io.embeddingexport.serde;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.embeddingexport.datarecord.MutatedRecords;
import io.embeddingexport.thrift.DataRecord;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Damaged records become objects, or are refused at little cost; nothing else. */
class MutatedRecordSerdeTest {
  private static final int COUNT = MutatedRecords.COUNT;

  /** A hash table with one entry for each four bytes of the value. */
  private static final int BYTES_PER_BYTE = 64;

  /** An object, or an exception with its message and stack. */
  private static final int BYTES_PER_RECORD = 8_192;

  /** The JVM allocates too, when it loads classes and links call sites. */
  private static final int RUNS = 4;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final DataRecordSerializer serializer = new DataRecordSerializer();
  private final DataRecordDeserializer deserializer = new DataRecordDeserializer();

  @Test
  void everyMutantShouldBeReadOrRefusedAtLittleCost() {
    MutatedRecords mutants = new MutatedRecords(new SplittableRandom(18));
    int records = 0;
    for (int i = 0; i < COUNT; i++) {
      byte[] mutant = mutants.next();
      try {
        DataRecord record = readOrRefuse(mutant);
        if (record != null) {
          records++;
          byte[] written = serializer.serialize("records", record);
          assertThat(deserializer.deserialize("records", written)).isEqualTo(record);
        }
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(i + ": " + HexFormat.of().formatHex(mutant), e);
      }
    }
    assertThat(records).as("records among the mutants").isBetween(COUNT / 50, COUNT / 2);
  }

  /** Null if refused; fails if anything else is thrown or much is allocated. */
  private @Nullable DataRecord readOrRefuse(byte[] bytes) {
    long limit = BYTES_PER_RECORD + (long) BYTES_PER_BYTE * bytes.length;
    long least = Long.MAX_VALUE;
    DataRecord record = null;
    for (int run = 0; run < RUNS && least > limit; run++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      try {
        record = deserializer.deserialize("records", bytes);
      } catch (SerializationException e) {
        assertThat(e).hasMessageContaining(" bytes is no DataRecord: byte ");
      }
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(least).as("bytes allocated for %d", bytes.length).isLessThanOrEqualTo(limit);
    return record;
  }
}
