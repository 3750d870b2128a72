package io.embeddingexport.cli.transactions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.embeddingexport.kafka.transactions.LsoStatus;
import io.embeddingexport.kafka.transactions.Transaction;
import java.time.Duration;
import java.time.Instant;

/** A transaction as JSON. Unknown values are null. */
final class TransactionJson {

  static ObjectNode of(Transaction transaction, Instant now) {
    Instant started = transaction.started();
    Duration age = transaction.age(now);
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("transactionalId", transaction.id())
            .put("state", transaction.state().toString())
            .put("started", started == null ? null : started.toString())
            .put("openMillis", age == null ? null : (Long) age.toMillis())
            .put("timeoutMillis", transaction.timeout().toMillis())
            .put("producerId", transaction.producerId())
            .put("producerEpoch", transaction.producerEpoch())
            .put("coordinator", transaction.coordinator());
    ArrayNode partitions = json.putArray("partitions");
    for (LsoStatus hold : transaction.partitions()) {
      LsoStatus.BlockingTransaction holder = hold.blockingTransaction();
      partitions
          .addObject()
          .put("topic", hold.partition().topic())
          .put("partition", hold.partition().partition())
          .put("start", hold.start())
          .put("lastStable", hold.lastStableOffset())
          .put("end", hold.highWatermark())
          .put("heldBack", hold.heldBack())
          .put("holds", hold.isHeldBy(transaction))
          .put("holder", holder == null ? null : holder.id())
          .put("holderProducerId", holder == null ? null : (Long) holder.producerId())
          .put("unknown", hold.unknown());
    }
    return json;
  }

  private TransactionJson() {}
}
