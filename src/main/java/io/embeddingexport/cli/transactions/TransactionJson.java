package io.embeddingexport.cli.transactions;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.embeddingexport.kafka.transactions.LsoStatus;
import io.embeddingexport.kafka.transactions.Transaction;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints transactions as JSON, one object per line. Unknown values are null. */
final class TransactionJson {
  private final PrintWriter out;
  private final Instant now;

  TransactionJson(PrintWriter out, Instant now) {
    this.out = out;
    this.now = now;
  }

  void print(List<Transaction> transactions) throws IOException {
    // Not closed: that would close the writer too.
    JsonGenerator json = new JsonFactory().createGenerator(out);
    json.setRootValueSeparator(new SerializedString(""));
    for (Transaction transaction : transactions) {
      write(transaction, json);
      json.writeRaw('\n');
    }
    json.flush();
  }

  private void write(Transaction transaction, JsonGenerator json) throws IOException {
    Instant started = transaction.started();
    Duration age = transaction.age(now);
    json.writeStartObject();
    json.writeStringField("transactionalId", transaction.id());
    json.writeStringField("state", transaction.state().toString());
    json.writeStringField("started", started == null ? null : started.toString());
    number("openMillis", age == null ? null : age.toMillis(), json);
    json.writeNumberField("timeoutMillis", transaction.timeout().toMillis());
    json.writeNumberField("producerId", transaction.producerId());
    json.writeNumberField("producerEpoch", transaction.producerEpoch());
    json.writeNumberField("coordinator", transaction.coordinator());
    json.writeArrayFieldStart("partitions");
    for (LsoStatus hold : transaction.partitions()) {
      write(hold, transaction, json);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(LsoStatus hold, Transaction transaction, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("topic", hold.partition().topic());
    json.writeNumberField("partition", hold.partition().partition());
    number("start", hold.start(), json);
    number("lastStable", hold.lastStableOffset(), json);
    number("end", hold.highWatermark(), json);
    number("heldBack", hold.heldBack(), json);
    json.writeBooleanField("holds", hold.isHeldBy(transaction));
    LsoStatus.BlockingTransaction holder = hold.blockingTransaction();
    json.writeStringField("holder", holder == null ? null : holder.id());
    number("holderProducerId", holder == null ? null : holder.producerId(), json);
    json.writeStringField("unknown", hold.unknown());
    json.writeEndObject();
  }

  private static void number(String name, @Nullable Long value, JsonGenerator json)
      throws IOException {
    if (value == null) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, value);
    }
  }
}
