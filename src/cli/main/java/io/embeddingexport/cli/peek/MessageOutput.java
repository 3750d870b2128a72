package io.embeddingexport.cli.peek;

import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes the messages of a topic. */
public interface MessageOutput {

  /**
   * Takes one message.
   *
   * @return false if its value should be a record but is not
   * @throws IOException if the output takes no more
   */
  boolean write(ConsumerRecord<byte[], byte[]> message) throws IOException;

  /** Flushes what was written. */
  void flush() throws IOException;
}
