package io.embeddingexport.kafka;

import static io.embeddingexport.kafka.sink.Inputs.hex;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.flink.types.Envelope;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopesTest {

  @Test
  void anEnvelopeShouldHoldAllOfTheMessage() {
    Headers headers =
        new RecordHeaders()
            .add("trace", "a".getBytes(UTF_8))
            .add("none", null)
            .add("trace", new byte[0]);

    Envelope envelope = envelope(hex("01"), hex("02 03"), headers, 1_700_000_000_000L);

    assertThat(envelope.key()).isEqualTo(hex("01"));
    assertThat(envelope.value()).isEqualTo(hex("02 03"));
    assertThat(envelope.timestampMillis()).isEqualTo(1_700_000_000_000L);
    assertThat(envelope.topic()).isEqualTo("events");
    assertThat(envelope.partition()).isEqualTo(3);
    assertThat(envelope.offset()).isEqualTo(42);
    assertThat(envelope.headers())
        .extracting(Header::key)
        .containsExactly("trace", "none", "trace");
    assertThat(envelope.headers())
        .extracting(Header::value)
        .containsExactly(hex("61"), null, new byte[0]);
  }

  @Test
  void givenNeitherKeyNorValueNorHeadersThenTheEnvelopeHasNone() {
    Envelope envelope = envelope(null, null, new RecordHeaders(), 0);

    assertThat(envelope.key()).isNull();
    assertThat(envelope.value()).isNull();
    assertThat(envelope.headers()).isEmpty();
  }

  @Test
  void anEmptyKeyAndValueShouldNotBecomeAbsent() {
    Envelope envelope = envelope(new byte[0], new byte[0], new RecordHeaders(), 0);

    assertThat(envelope.key()).isNotNull().isEmpty();
    assertThat(envelope.value()).isNotNull().isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {ConsumerRecord.NO_TIMESTAMP, -2, Long.MIN_VALUE, Long.MAX_VALUE})
  void anyTimestampShouldPassAsItIs(long millis) {
    assertThat(envelope(null, null, new RecordHeaders(), millis).timestampMillis())
        .isEqualTo(millis);
  }

  @Test
  void kafkasMarkOfNoTimestampShouldBeTheEnvelopes() {
    assertThat(Envelope.NO_TIMESTAMP).isEqualTo(ConsumerRecord.NO_TIMESTAMP);
  }

  @Test
  void bytesOfAnyKindShouldPassUnreadAndUnchanged() {
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      byte[] bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);
      byte[] sent = bytes.clone();

      Envelope envelope = envelope(bytes, bytes, new RecordHeaders().add("raw", bytes), 0);

      assertThat(envelope.key()).isEqualTo(sent);
      assertThat(envelope.value()).isEqualTo(sent);
      assertThat(envelope.headers()[0].value()).isEqualTo(sent);
    }
  }

  private static Envelope envelope(byte[] key, byte[] value, Headers headers, long timestamp) {
    return Envelopes.of(
        new ConsumerRecord<>(
            "events",
            3,
            42,
            timestamp,
            TimestampType.CREATE_TIME,
            0,
            0,
            key,
            value,
            headers,
            Optional.empty()));
  }
}
