package io.embeddingexport.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.flink.table.data.RowData;
import org.junit.jupiter.api.Test;

/**
 * Damaged records become rows of the table's types, or are refused; nothing else. {@code
 * -Drecords.mutants=10000000} tries as many.
 */
class MutatedRecordTest {
  private static final int MUTATIONS = Integer.getInteger("records.mutants", 100_000);

  @Test
  void everyMutationShouldBeARowOrARefusal() throws Exception {
    List<TypeCase> cases =
        Stream.of(
                ColumnTypesTest.features(),
                ColumnTypesTest.tensors(),
                ColumnTypesTest.shapedTensors(),
                ColumnTypesTest.scalarTensors(),
                ColumnTypesTest.typedTensors())
            .flatMap(given -> given)
            .toList();
    List<DataRecordDeserializationSchema> readers = new ArrayList<>();
    List<DataRecordSerializationSchema> writers = new ArrayList<>();
    for (TypeCase given : cases) {
      readers.add(given.reader());
      writers.add(new DataRecordSerializationSchema(given.row(), given.options()));
    }
    SplittableRandom random = new SplittableRandom(18);
    int rows = 0;

    for (int i = 0; i < MUTATIONS; i++) {
      int chosen = random.nextInt(cases.size());
      byte[] message = cases.get(chosen).record().clone();
      for (int flips = 1 + random.nextInt(2); flips > 0; flips--) {
        message[random.nextInt(message.length)] = (byte) random.nextInt(-2, 16);
      }
      RowData row = readOrNull(readers.get(chosen), message);
      if (row != null) {
        rows++;
        // A value that was read can be written, and is then read again.
        byte[] written = writers.get(chosen).serialize(row);
        assertThat(readers.get(chosen).deserialize(written)).isEqualTo(row);
      }
    }

    assertThat(rows).isBetween(MUTATIONS / 20, MUTATIONS / 2);
  }

  private static RowData readOrNull(DataRecordDeserializationSchema reader, byte[] message) {
    try {
      return reader.deserialize(message);
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("; set 'datarecord.on-error' to");
      return null;
    }
  }
}
