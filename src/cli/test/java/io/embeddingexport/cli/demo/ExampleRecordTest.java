package io.embeddingexport.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class ExampleRecordTest {
  /** One tensor, key 7301, float [2], 0.5 and -1.5: the README's record. */
  private static final byte[] RECORD =
      HexFormat.of()
          .parseHex(
              "0d00080a0c000000010000000000001c850c0001080001000000000b0002000000080000003f0000c0bf"
                  + "0f00030a000000010000000000000002000000");

  private static final byte[] EMPTY_RECORD = {0};

  private final ExampleRecord example = new ExampleRecord();

  @Test
  void theLongestRecordIsShownWithItsHeaders() throws Exception {
    example.offer(message("data-records", 3, EMPTY_RECORD));
    example.offer(message("data-records", 4, RECORD));
    example.offer(message("data-records", 5, RECORD));
    example.offer(message("dead-letters", 6, new byte[1000]));
    example.offer(message("data-records", 7, null));

    assertThat(example.lines())
        .containsExactly(
            "at                      data-records:1:4",
            "key                     user:7",
            "ee.origin               user@1 events:0:7",
            "7301                    float [2]  0.5 -1.5");
  }

  @Test
  void givenNoRecordThenNothingIsShown() throws Exception {
    example.offer(message("data-records", 7, null));

    assertThat(example.lines()).isEmpty();
  }

  private static ConsumerRecord<byte[], byte[]> message(String topic, long offset, byte[] value) {
    ConsumerRecord<byte[], byte[]> message =
        new ConsumerRecord<>(topic, 1, offset, "user:7".getBytes(UTF_8), value);
    message.headers().add("ee.origin", "user@1 events:0:7".getBytes(UTF_8));
    return message;
  }
}
