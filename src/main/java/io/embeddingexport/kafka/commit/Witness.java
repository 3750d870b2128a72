package io.embeddingexport.kafka.commit;

/**
 * Where one message of a transaction was written. A transaction is committed or aborted as a whole,
 * so what became of this message became of all.
 *
 * @param topic a record or dead-letter topic
 */
public record Witness(String topic, int partition, long offset) {
  @Override
  public String toString() {
    return topic + " partition " + partition + " offset " + offset;
  }
}
