package io.embeddingexport.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.thrift.EmbeddingEvent;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.thrift.TDeserializer;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.junit.jupiter.api.Test;

class DemoEventsTest {
  private static final int COUNT = 22_000;

  private final DemoEvents events = DemoFixtures.events(COUNT);

  @Test
  void anEventIsAFunctionOfSeedAndNumber() {
    DemoEvents again = DemoFixtures.events(COUNT);
    for (int i = 0; i < COUNT; i += 11) {
      assertThat(events.get(i).value()).isEqualTo(again.get(i).value());
      assertThat(events.get(i).expected()).isEqualTo(again.get(i).expected());
    }
  }

  @Test
  void oneInAThousandIsMalformedAndEveryKindComesUp() {
    Map<EventKind, Integer> counts = new EnumMap<>(EventKind.class);
    IntStream.range(0, COUNT).forEach(i -> counts.merge(events.get(i).kind(), 1, Integer::sum));

    assertThat(counts).containsOnlyKeys(EventKind.values());
    assertThat(counts.get(EventKind.GOOD)).isEqualTo(COUNT - 2 * COUNT / 1000);
    assertThat(counts.get(EventKind.TOMBSTONE)).isEqualTo(COUNT / 1000);
  }

  @Test
  void theTimestampTellsTheNumber() {
    assertThat(events.numberAt(events.get(0).timestampMillis())).isZero();
    assertThat(events.numberAt(events.get(COUNT - 1).timestampMillis())).isEqualTo(COUNT - 1);
    assertThat(events.numberAt(events.get(0).timestampMillis() - 1)).isEqualTo(-1);
    assertThat(events.numberAt(events.get(COUNT - 1).timestampMillis() + 1)).isEqualTo(-1);
  }

  @Test
  void aGoodEventHoldsTheTensorsItsRecordMustHave() throws Exception {
    boolean bare = false;
    boolean positional = false;
    for (int i = 0; i < 200; i++) {
      DemoEvent event = events.get(i);
      EmbeddingEvent sent = new EmbeddingEvent();
      new TDeserializer(new TBinaryProtocol.Factory()).deserialize(sent, event.value());
      var record = ((Expected.Record) event.expected()).content();
      assertThat(sent.isSetTensors() ? sent.getTensors() : sent.getNamedTensors().values())
          .containsExactlyInAnyOrderElementsOf(record.getTensors().values());
      bare |= event.model().name().equals("user") && record.getTensorsSize() == 1;
      positional |= sent.isSetTensors();
      if (event.model().name().equals("user")) {
        assertThat(record.getDiscreteFeatures())
            .containsEntry(101L, sent.getEntityId())
            .containsEntry(102L, event.timestampMillis());
      }
    }
    assertThat(bare).isTrue();
    assertThat(positional).isTrue();
  }
}
