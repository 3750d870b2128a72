package io.embeddingexport.kafka.sink;

import static io.embeddingexport.kafka.sink.Inputs.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.export.RejectReason;
import io.embeddingexport.flink.types.Decision;
import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.kafka.letters.DeadLetter;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LetterInverseTest {

  @ParameterizedTest
  @ValueSource(ints = {Decision.WHOLE, 0, 12})
  void readingALetterShouldBeTheInverseOfWritingIt(int item) {
    Header[] headers = {header("trace", "a"), header(HeaderNames.REASON, "b"), header("trace", "")};
    Envelope input = new Envelope(new byte[] {1}, null, headers, 1234, "events", 3, 42);
    Rejected why = new Rejected(RejectReason.SHAPE, "é", "m", 7);

    DeadLetter read = read(new Decision(input, why, item), why);

    assertThat(read.input()).usingRecursiveComparison().isEqualTo(input);
    assertThat(read.item()).isEqualTo(item);
    assertThat(read.reason()).isEqualTo("shape");
    assertThat(read.detail()).isEqualTo("é");
    assertThat(read.model()).isEqualTo("m");
    assertThat(read.keyConfigVersion()).isEqualTo(7);
  }

  private static DeadLetter read(Decision decision, Rejected why) {
    ProducerRecord<byte[], byte[]> letter = DeadLetters.of("letters", decision, why);
    return DeadLetter.of(
        new Envelope(
            letter.key(),
            letter.value(),
            letter.headers().toArray(),
            letter.timestamp(),
            letter.topic(),
            0,
            0));
  }
}
