package io.embeddingexport.kafka.commit;

import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;

/** Prepared transactions, as restored ones: without a producer. */
final class Transactions {
  static final Witness WITNESS = new Witness("records", 1, 40);
  static final SourceRange RANGE = new SourceRange("events", 0, 10, 19, 9);

  static PreparedTransaction restored(String id, long preparedAtMillis) {
    return restored(id, preparedAtMillis, RANGE);
  }

  static PreparedTransaction restored(String id, long preparedAtMillis, SourceRange range) {
    return new PreparedTransaction(
        new KafkaCommittable(7, (short) 3, id, null),
        new TransactionContent(preparedAtMillis, WITNESS, List.of(range)));
  }

  private Transactions() {}
}
