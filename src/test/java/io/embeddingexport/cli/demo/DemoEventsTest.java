package io.embeddingexport.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.thrift.EmbeddingEvent;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.thrift.TDeserializer;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoEventsTest {
  private static final int COUNT = 22_000;

  private final DemoEvents events = DemoFixtures.events(COUNT);

  @Test
  void anEventIsAFunctionOfSeedAndNumber() {
    DemoEvents again = DemoFixtures.events(COUNT);
    for (int i = 0; i < COUNT; i += 11) {
      assertThat(events.get(i).value()).isEqualTo(again.get(i).value());
      assertThat(events.get(i).expected(0)).isEqualTo(again.get(i).expected(0));
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
      EmbeddingEvent sent = sent(event);
      var record = ((Expected.Record) event.expected(event.madeFor().version())).content();
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

  @Test
  void beforeTheChangeAnEventFitsEitherVersionAndIsWhatThatVersionSays() {
    DemoEvent event = goodUserEvent(0);

    Expected.Record under3 = (Expected.Record) event.expected(3);
    Expected.Record under4 = (Expected.Record) event.expected(4);

    assertThat(under3.keyConfigVersion()).isEqualTo(3);
    assertThat(under3.content().getDiscreteFeatures()).containsOnlyKeys(101L, 102L);
    assertThat(under4.keyConfigVersion()).isEqualTo(4);
    assertThat(under4.content().getDiscreteFeatures()).containsOnlyKeys(103L, 102L);
    assertThat(under4.content().getTensors()).isEqualTo(under3.content().getTensors());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 3, 4, 5})
  void afterTheChangeAnEventFitsTheNextVersionOnly(long named) {
    DemoEvent event = goodUserEvent(events.changeAt());

    assertThat(((Expected.Record) event.expected(named)).keyConfigVersion()).isEqualTo(4);
  }

  @Test
  void fromTheChangeOnEventsStateTheNextVersionAndHaveItsTensor() throws Exception {
    boolean before = false;
    boolean after = false;
    for (int i = events.changeAt() - 100; i < events.changeAt() + 100; i++) {
      DemoEvent event = events.get(i);
      if (event.kind() == EventKind.GOOD && event.model().changes()) {
        EmbeddingEvent sent = sent(event);
        boolean isNext = i >= events.changeAt();
        assertThat(sent.isSetTensors()).isFalse();
        assertThat(sent.isSetKeyConfigVersion()).isEqualTo(isNext);
        assertThat(sent.getKeyConfigVersion()).isEqualTo(isNext ? 4 : 0);
        before |= !isNext && sent.getNamedTensors().containsKey("recent");
        after |= isNext && sent.getNamedTensors().containsKey("history");
        assertThat(isNext || !sent.getNamedTensors().containsKey("history")).isTrue();
      }
    }
    assertThat(before).isTrue();
    assertThat(after).isTrue();
  }

  @Test
  void noMalformedEventIsOfAModelThatChanges() {
    assertThat(IntStream.range(0, COUNT).mapToObj(events::get))
        .filteredOn(event -> event.kind().reason() != null)
        .isNotEmpty()
        .noneMatch(event -> event.model().changes());
  }

  @Test
  void givenANextVersionThatEventsForTheFirstDoNotFitThenItIsRefused() {
    assertThatThrownBy(() -> new DemoModel(DemoFixtures.NEXT_USER, DemoFixtures.USER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("may add optional keys");
  }

  private DemoEvent goodUserEvent(int from) {
    return IntStream.range(from, COUNT)
        .mapToObj(events::get)
        .filter(event -> event.kind() == EventKind.GOOD && event.model().changes())
        .findFirst()
        .orElseThrow();
  }

  private static EmbeddingEvent sent(DemoEvent event) throws Exception {
    EmbeddingEvent sent = new EmbeddingEvent();
    new TDeserializer(new TBinaryProtocol.Factory()).deserialize(sent, event.value());
    return sent;
  }
}
