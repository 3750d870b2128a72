package io.embeddingexport.job.checks;

import java.time.Duration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Requests a transactional id as the sink does: whether the job may use it, and whether the brokers
 * accept its transaction timeout. No transaction is begun.
 */
enum TransactionalIdProbe {
  GRANTED,
  NOT_ALLOWED,
  /** Allowed, but the timeout is above the brokers' {@code transaction.max.timeout.ms}. */
  TIMEOUT_TOO_LONG;

  /**
   * The id to try, always the same: the brokers keep one for 7 days after its last use. The sink's
   * ids end in {@code -subtask-number}, so no job uses this one.
   */
  static String id(String prefix) {
    return prefix + "doctor";
  }

  static TransactionalIdProbe run(String prefix, Brokers brokers) {
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            brokers.producerProperties(id(prefix)),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    try {
      producer.initTransactions();
      return GRANTED;
    } catch (TransactionalIdAuthorizationException e) {
      return NOT_ALLOWED;
    } catch (KafkaException e) {
      // InvalidTxnTimeoutException is wrapped, and only the text remains.
      if (String.valueOf(e.getMessage()).contains(TransactionTimeout.BROKER_MAX)) {
        return TIMEOUT_TOO_LONG;
      }
      throw e;
    } finally {
      producer.close(Duration.ZERO);
    }
  }
}
