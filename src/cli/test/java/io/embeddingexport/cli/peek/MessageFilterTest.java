package io.embeddingexport.cli.peek;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.datarecord.DataRecordWriter;
import io.embeddingexport.datarecord.Tensor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class MessageFilterTest {
  private static final byte[] RECORD =
      new DataRecordWriter().discrete(3, 9).tensor(7, Tensor.ofFloats(null, 1)).write();

  private static PeekedMessage message(String key, byte[] value, String... header) {
    ConsumerRecord<byte[], byte[]> message =
        new ConsumerRecord<>("t", 0, 0, key.getBytes(UTF_8), value);
    for (int i = 0; i < header.length; i += 2) {
      message.headers().add(header[i], header[i + 1].getBytes(UTF_8));
    }
    return PeekedMessage.ofOutput(message);
  }

  @Test
  void withoutAnyConditionEveryMessagePasses() {
    MessageFilter all = new MessageFilter(null, null, null);

    assertThat(all.test(message("k", RECORD))).isTrue();
    assertThat(all.test(message("k", null))).isTrue();
    assertThat(all.test(message("k", new byte[] {1}))).isTrue();
  }

  @Test
  void theModelIsThatOfTheOriginOrOfTheModelHeader() {
    MessageFilter user = new MessageFilter("user", null, null);

    assertThat(user.test(message("k", RECORD, "ee.origin", "user@1 events:0:7"))).isTrue();
    assertThat(user.test(message("k", RECORD, "ee.origin", "item@1 events:0:7"))).isFalse();
    assertThat(user.test(message("k", null, "ee.origin", "events:0:7", "ee.model", "user")))
        .isTrue();
    assertThat(user.test(message("k", RECORD))).isFalse();
  }

  @Test
  void theKeyIsWrittenAsItIsPrinted() {
    assertThat(new MessageFilter(null, "user:42", null).test(message("user:42", RECORD))).isTrue();
    assertThat(new MessageFilter(null, "user:42", null).test(message("user:4", RECORD))).isFalse();
    assertThat(new MessageFilter(null, "0x00", null).test(message("\0", RECORD))).isTrue();
  }

  @Test
  void aFeatureIsOfAnyField() {
    assertThat(new MessageFilter(null, null, 3L).test(message("k", RECORD))).isTrue();
    assertThat(new MessageFilter(null, null, 7L).test(message("k", RECORD))).isTrue();
    assertThat(new MessageFilter(null, null, 8L).test(message("k", RECORD))).isFalse();
    assertThat(new MessageFilter(null, null, 3L).test(message("k", null))).isFalse();
    assertThat(new MessageFilter(null, null, 3L).test(message("k", new byte[] {1}))).isFalse();
  }
}
