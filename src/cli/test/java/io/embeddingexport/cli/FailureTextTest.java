package io.embeddingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.cli.clients.CommandException;
import java.security.cert.CertificateExpiredException;
import java.util.Map;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.junit.jupiter.api.Test;

class FailureTextTest {
  @Test
  void theRootCauseShouldBeSaid() {
    Throwable failure = new RuntimeException("job failed", new IllegalStateException("disk full"));

    assertThat(FailureText.of(failure, Map.of())).isEqualTo("disk full");
  }

  /** Its cause, such as Kafka's, names neither the topic nor what to do. */
  @Test
  void anExceptionOfOursShouldSpeakForItsCause() {
    Throwable ours = new CommandException("topic 'a' does not exist; create it");
    ours.initCause(new IllegalStateException("This server does not host this topic-partition."));

    assertThat(FailureText.of(new RuntimeException("job failed", ours), Map.of()))
        .isEqualTo("topic 'a' does not exist; create it");
  }

  /** Kafka says "SSL handshake failed". */
  @Test
  void theFaultOfAConnectionShouldBeSaid() {
    Throwable kafkas =
        new SslAuthenticationException(
            "SSL handshake failed", new CertificateExpiredException("NotAfter: yesterday"));

    assertThat(FailureText.of(new RuntimeException("job failed", kafkas), Map.of()))
        .startsWith("the broker's certificate has expired (NotAfter: yesterday); renew it");
  }

  @Test
  void oneLineShouldBeSaidAndTheClassWithoutAny() {
    assertThat(FailureText.of(new RuntimeException("first\nsecond"), Map.of())).isEqualTo("first");
    assertThat(FailureText.of(new RuntimeException((String) null), Map.of()))
        .isEqualTo("java.lang.RuntimeException");
  }
}
