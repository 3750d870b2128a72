package io.embeddingexport.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DuplicateFilterTest {
  private final DuplicateFilter filter = new DuplicateFilter(1000);
  private long next;

  @Test
  void theHeaderShouldBeTheOneTheJobWrites() {
    assertThat(Origin.HEADER).isEqualTo("ee.origin");
  }

  @Test
  void givenAJobThatGoesBackWhenItWritesAgainThenEachInputIsFirstOnce() {
    for (int offset = 0; offset < 500; offset++) {
      assertThat(filter.isFirst(message("records", 0, "events:0:" + offset))).isTrue();
    }
    for (int offset = 300; offset < 700; offset++) {
      assertThat(filter.isFirst(message("records", 0, "events:0:" + offset)))
          .as("offset %d", offset)
          .isEqualTo(offset >= 500);
    }
  }

  /** A producer that gives a batch up may have written the one after it. */
  @Test
  void givenAGapWhenItIsWrittenLaterThenItIsFirst() {
    assertThat(filter.isFirst(message("records", 0, "events:0:1"))).isTrue();
    assertThat(filter.isFirst(message("records", 0, "events:0:4"))).isTrue();
    assertThat(filter.isFirst(message("records", 0, "events:0:2"))).isTrue();
    assertThat(filter.isFirst(message("records", 0, "events:0:4"))).isFalse();
  }

  @Test
  void partitionsAndTopicsOfInputAndOutputShouldBeApart() {
    for (String source : new String[] {"events:0:7", "events:1:7", "event:0:7", "events:10:7"}) {
      for (int partition = 0; partition < 3; partition++) {
        assertThat(filter.isFirst(message("records", partition, source))).isTrue();
        assertThat(filter.isFirst(message("other", partition, source))).isTrue();
      }
    }
    assertThat(filter.isFirst(message("records", 1, "events:1:7"))).isFalse();
    assertThat(filter.isFirst(message("other", 2, "events:10:7"))).isFalse();
  }

  @Test
  void givenAnInputBeforeTheWindowWhenItComesAgainThenItIsTakenForNew() {
    assertThat(filter.isFirst(message("records", 0, "events:0:5"))).isTrue();
    assertThat(filter.isFirst(message("records", 0, "events:0:100000"))).isTrue();
    assertThat(filter.isFirst(message("records", 0, "events:0:5"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "::",
        "7",
        "events",
        "events:0:",
        "events:0:-7",
        "events:0:7x",
        "events:0:99999999999999999999",
        "events:0:9999999999999999999",
        "events:7",
        "events:x:7",
        "events::7",
        ":0:7",
        "events:99999999999:7",
        "events:0:7#99999999999"
      })
  void whatIsNoSourceShouldPass(String source) {
    assertThat(filter.isFirst(message("records", 0, source))).isTrue();
    assertThat(filter.isFirst(message("records", 0, source))).isTrue();
  }

  @Test
  void aRepeatUnderAnotherVersionIsARepeat() {
    assertThat(filter.isFirst(message("records", 0, "user@1 events:0:7"))).isTrue();
    assertThat(filter.isFirst(message("records", 0, "user@2 events:0:7"))).isFalse();
    assertThat(filter.isFirst(message("records", 0, "events:0:7"))).isFalse();
    assertThat(filter.isFirst(message("records", 0, "a model: x@3 events:0:8"))).isTrue();
  }

  @Test
  void itemsOfOneInputShouldBeApart() {
    for (int item = 0; item < 20; item++) {
      assertThat(filter.isFirst(message("records", 0, "user@1 events:0:7#" + item))).isTrue();
    }
    assertThat(filter.isFirst(message("records", 0, "user@2 events:0:7#13"))).isFalse();
    assertThat(filter.isFirst(message("records", 0, "user@2 events:0:8#13"))).isTrue();
  }

  @Test
  void whatHasNoSourceShouldPass() {
    assertThat(filter.isFirst(message("records", 0, null))).isTrue();
    assertThat(filter.isFirst(message("records", 0, null))).isTrue();
  }

  @Test
  void aWindowOfNothingShouldBeRefused() {
    assertThatThrownBy(() -> new DuplicateFilter(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("window = 0: must be 1 or more");
  }

  private ConsumerRecord<byte[], byte[]> message(
      String topic, int partition, @Nullable String source) {
    var message = new ConsumerRecord<>(topic, partition, next++, new byte[0], new byte[0]);
    if (source != null) {
      message.headers().add("ee.origin", source.getBytes(UTF_8));
    }
    return message;
  }
}
