package io.embeddingexport.cli.consume;

import io.embeddingexport.consumer.Origin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** A message whose value must not go into the stream; the message says which one, and why. */
public final class UnwritableMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient TopicPartition partition;
  private final long offset;

  UnwritableMessageException(ConsumerRecord<?, ?> message, String reason) {
    super(Origin.input(message.topic(), message.partition(), message.offset()) + ": " + reason);
    this.partition = new TopicPartition(message.topic(), message.partition());
    this.offset = message.offset();
  }

  /** Where it stands. */
  public TopicPartition partition() {
    return partition;
  }

  /** Its offset there. */
  public long offset() {
    return offset;
  }
}
