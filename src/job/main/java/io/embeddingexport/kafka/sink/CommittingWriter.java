package io.embeddingexport.kafka.sink;

import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes messages, and commits the positions of their inputs with them. For the task's thread.
 *
 * <p>Any exception fails the task. Uncommitted inputs are read again.
 */
interface CommittingWriter extends AutoCloseable {

  /** Fences earlier writers for this slot. Further calls do nothing. */
  void open();

  /** Writes a message, which may still be in flight on return. */
  void write(ProducerRecord<byte[], byte[]> message);

  /**
   * Makes everything written so far ready to commit. Later messages belong to a later checkpoint.
   *
   * @param checkpoint id, greater than those before
   */
  void prepare(long checkpoint);

  /** Commits what was prepared for this checkpoint and earlier ones, in order. */
  void commit(long checkpoint) throws InterruptedException;

  /** Closes the clients and drops uncommitted messages; never throws. */
  @Override
  void close();
}
