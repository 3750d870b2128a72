package io.embeddingexport.kafka.sink;

import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes messages, and commits the positions of their inputs with them. For the task's thread.
 *
 * <p>Any exception fails the task. What was not committed by then is read again.
 */
interface CommittingWriter extends AutoCloseable {

  /** Fences whoever wrote for this slot before. Called again, it does nothing. */
  void open();

  /** Writes a message. It may be on its way still when this returns. */
  void write(ProducerRecord<byte[], byte[]> message);

  /**
   * Makes sure that everything written so far can be committed. What is written from here on
   * belongs to a later checkpoint.
   *
   * @param checkpoint id, greater than those before
   */
  void prepare(long checkpoint);

  /** Commits what was prepared for this checkpoint and those before it, in order. */
  void commit(long checkpoint) throws InterruptedException;

  /** Ends the clients. What is not committed is given up; never throws. */
  @Override
  void close();
}
