package io.embeddingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.cli.clients.CommandException;
import org.junit.jupiter.api.Test;

class FailureTextTest {
  @Test
  void theRootCauseShouldBeSaid() {
    Throwable failure = new RuntimeException("job failed", new IllegalStateException("disk full"));

    assertThat(FailureText.of(failure)).isEqualTo("disk full");
  }

  /** Its cause, such as Kafka's, names neither the topic nor what to do. */
  @Test
  void anExceptionOfOursShouldSpeakForItsCause() {
    Throwable ours = new CommandException("topic 'a' does not exist; create it");
    ours.initCause(new IllegalStateException("This server does not host this topic-partition."));

    assertThat(FailureText.of(new RuntimeException("job failed", ours)))
        .isEqualTo("topic 'a' does not exist; create it");
  }

  @Test
  void oneLineShouldBeSaidAndTheClassWithoutAny() {
    assertThat(FailureText.of(new RuntimeException("first\nsecond"))).isEqualTo("first");
    assertThat(FailureText.of(new RuntimeException((String) null)))
        .isEqualTo("java.lang.RuntimeException");
  }
}
