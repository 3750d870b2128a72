package io.embeddingexport.kafka.admin;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;

/** Waits for the brokers' answers to an admin client. */
public final class Answers {

  /**
   * The answer. The client itself ends the wait, by its timeouts.
   *
   * @throws KafkaException if the request failed: Kafka's own exception
   */
  public static <T> T await(KafkaFuture<T> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  /**
   * Same as {@link #await(KafkaFuture)}, with a deadline of the caller's.
   *
   * @throws TimeoutException if there is no answer after {@code left}
   */
  public static <T> T await(KafkaFuture<T> answer, Duration left)
      throws InterruptedException, TimeoutException {
    try {
      return answer.get(left.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  private static KafkaException failure(ExecutionException e) {
    return e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
  }

  private Answers() {}
}
