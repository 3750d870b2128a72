package io.embeddingexport.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.embeddingexport.kafka.positions.StartRefusedException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AbsentTopicsTest {
  private static final Uuid FIRST = Uuid.randomUuid();
  private static final TopicPartition PARTITION = new TopicPartition("events", 3);

  private final Map<String, Optional<Uuid>> brokers = new HashMap<>();
  private int asked;
  private long nanos;
  private final AbsentTopics absent = new AbsentTopics(this::ids, () -> nanos);

  private Map<String, Optional<Uuid>> ids(Collection<String> topics) {
    asked++;
    return brokers;
  }

  @BeforeEach
  void aTopic() {
    absent.expect("events", FIRST);
    brokers.put("events", Optional.of(FIRST));
  }

  private void later() {
    nanos += AbsentTopics.PERIOD.toNanos();
  }

  private void leave() {
    brokers.put("events", Optional.empty());
    assertThat(absent.among(Set.of("events"))).containsExactly("events");
    absent.leave(Map.of(PARTITION, 17L));
  }

  @Test
  void aTopicThatIsThereShouldBeRead() {
    assertThat(absent.among(Set.of("events"))).isEmpty();
    assertThat(absent.isEmpty()).isTrue();
  }

  @Test
  void theBrokersShouldBeAskedOnceAPeriod() {
    absent.among(Set.of("events"));
    absent.among(Set.of("events"));
    assertThat(asked).isEqualTo(1);

    later();
    absent.among(Set.of("events"));
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void whatComesBackShouldBeReadWhereItWasLeft() {
    leave();
    assertThat(absent.contains(PARTITION)).isTrue();
    later();
    assertThat(absent.returned()).isEmpty();

    brokers.put("events", Optional.of(FIRST));
    assertThat(absent.returned()).isEmpty();
    later();
    assertThat(absent.returned()).isEqualTo(Map.of(PARTITION, 17L));
    assertThat(absent.isEmpty()).isTrue();
  }

  @Test
  void questionsAboutOtherTopicsShouldNotKeepOneFromComingBack() {
    leave();
    later();
    brokers.put("events", Optional.of(FIRST));

    absent.among(Set.of("other"));

    assertThat(absent.returned()).isEqualTo(Map.of(PARTITION, 17L));
  }

  @Test
  void brokersThatDoNotSayShouldChangeNothing() {
    brokers.clear();
    assertThat(absent.among(Set.of("events"))).isEmpty();

    later();
    leave();
    later();
    brokers.clear();
    assertThat(absent.returned()).isEmpty();
    assertThat(absent.contains(PARTITION)).isTrue();
  }

  @Test
  void anotherTopicOfTheNameShouldBeRefused() {
    leave();
    later();
    brokers.put("events", Optional.of(Uuid.randomUuid()));

    assertThatExceptionOfType(StartRefusedException.class)
        .isThrownBy(absent::returned)
        .withMessageContaining(
            "topic events was re-created while the job runs: its id was " + FIRST);
  }
}
