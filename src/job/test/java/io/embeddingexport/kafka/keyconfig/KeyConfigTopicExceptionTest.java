package io.embeddingexport.kafka.keyconfig;

import static io.embeddingexport.kafka.keyconfig.KeyConfigMessages.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

class KeyConfigTopicExceptionTest {

  @Test
  void everyMessageShouldNameOptionTopicAndBrokersAndKeepTheCause() {
    KafkaException cause = new KafkaException("why");
    assertThat(KeyConfigTopicException.of(SETTINGS, cause))
        .hasMessageStartingWith("key-config.topic = configs at broker:9092: ")
        .hasMessageContaining("why")
        .hasCause(cause);
  }

  @Test
  void everyMessageShouldSayWhatToDo() {
    assertThat(message(new UnknownTopicOrPartitionException()))
        .endsWith(
            "create it: kafka-topics.sh --bootstrap-server broker:9092 --create --topic configs"
                + " --partitions 1 --config cleanup.policy=compact");
    assertThat(message(new TopicAuthorizationException(Set.of("configs"))))
        .endsWith(
            "READ on topic 'configs' is not allowed; grant it: kafka-acls.sh --bootstrap-server"
                + " broker:9092 --add --allow-principal User:PRINCIPAL --operation Read --topic"
                + " configs");
    assertThat(message(new SaslAuthenticationException("bad password")))
        .contains("bad password", "kafka.client.");
    assertThat(message(new TimeoutException("timed out"))).contains("no broker answers", "check");
  }

  @Test
  void theCauseOfACauseShouldBeSaid() {
    assertThat(message(new KafkaException("outer", new IllegalStateException("inner"))))
        .contains("inner");
    assertThat(message(new StackOverflowError())).contains("StackOverflowError");
  }

  private static String message(Throwable cause) {
    return KeyConfigTopicException.of(SETTINGS, cause).getMessage();
  }
}
