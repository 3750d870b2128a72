package io.embeddingexport.kafka.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private final KafkaFutureImpl<String> answer = new KafkaFutureImpl<>();

  @Test
  void anAnswerIsReturned() throws Exception {
    answer.complete("yes");

    assertThat(Answers.await(answer)).isEqualTo("yes");
    assertThat(Answers.await(answer, Duration.ZERO)).isEqualTo("yes");
  }

  @Test
  void aFailureIsKafkasOwnException() {
    UnknownTopicOrPartitionException failure = new UnknownTopicOrPartitionException("no topic");
    answer.completeExceptionally(failure);

    assertThatThrownBy(() -> Answers.await(answer)).isSameAs(failure);
    assertThatThrownBy(() -> Answers.await(answer, Duration.ofSeconds(1))).isSameAs(failure);
  }

  @Test
  void anyOtherFailureIsTheCauseOfAKafkaException() {
    IOException failure = new IOException("broken");
    answer.completeExceptionally(failure);

    assertThatThrownBy(() -> Answers.await(answer))
        .isExactlyInstanceOf(KafkaException.class)
        .hasCause(failure);
  }

  @Test
  void aDeadlineEndsTheWait() {
    assertThatThrownBy(() -> Answers.await(answer, Duration.ofMillis(1)))
        .isInstanceOf(TimeoutException.class);
  }
}
