package io.embeddingexport.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.audit.Expected;
import io.embeddingexport.cli.samples.MalformedKind;
import io.embeddingexport.thrift.DataRecord;
import io.embeddingexport.thrift.EmbeddingEvent;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.thrift.TBase;
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
      assertThat(events.entry(i).value()).isEqualTo(again.entry(i).value());
      assertThat(events.entry(i).expected(0, null))
          .usingRecursiveComparison()
          .isEqualTo(again.entry(i).expected(0, null));
    }
  }

  @Test
  void oneInAThousandIsMalformedAndEveryKindComesUp() {
    Map<MalformedKind, Integer> counts = new EnumMap<>(MalformedKind.class);
    IntStream.range(0, COUNT)
        .mapToObj(i -> events.entry(i).malformed())
        .filter(Objects::nonNull)
        .forEach(kind -> counts.merge(kind, 1, Integer::sum));

    assertThat(counts).containsOnlyKeys(MalformedKind.values());
    assertThat(events.expected().records()).isEqualTo(COUNT - 2 * COUNT / 1000);
    assertThat(events.expected().tombstones()).isEqualTo(COUNT / 1000);
    assertThat(events.expected().allDeadLetters()).isEqualTo(COUNT / 1000);
  }

  @Test
  void aGoodEventHoldsTheTensorsItsRecordMustHave() throws Exception {
    boolean bare = false;
    boolean positional = false;
    for (int i = 0; i < 200; i++) {
      DemoEvents.Entry event = events.entry(i);
      EmbeddingEvent sent = sent(event);
      DataRecord record = record(event, event.sample().config().version());
      assertThat(sent.isSetTensors() ? sent.getTensors() : sent.getNamedTensors().values())
          .containsExactlyInAnyOrderElementsOf(record.getTensors().values());
      bare |= event.model().equals("user") && record.getTensorsSize() == 1;
      positional |= sent.isSetTensors();
      if (event.model().equals("user")) {
        assertThat(record.getDiscreteFeatures())
            .containsEntry(101L, sent.getEntityId())
            .containsEntry(102L, event.timestampMillis());
      }
    }
    assertThat(bare).isTrue();
    assertThat(positional).isTrue();
  }

  @Test
  void beforeTheChangeAnEventFitsEitherVersionAndIsWhatThatVersionSays() throws Exception {
    DemoEvents.Entry event = goodUserEvent(0);

    assertThat(record(event, 3).getDiscreteFeatures()).containsOnlyKeys(101L, 102L);
    assertThat(record(event, 4).getDiscreteFeatures()).containsOnlyKeys(103L, 102L);
    assertThat(record(event, 4).getTensors()).isEqualTo(record(event, 3).getTensors());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 3, 4, 5})
  void afterTheChangeAnEventFitsTheNextVersionOnly(long named) {
    DemoEvents.Entry event = goodUserEvent(events.changeAt());

    assertThat(((Expected.Record) event.expected(named, null)).version()).isEqualTo(4);
  }

  @Test
  void fromTheChangeOnEventsStateTheNextVersionAndHaveItsTensor() throws Exception {
    boolean before = false;
    boolean after = false;
    for (int i = events.changeAt() - 100; i < events.changeAt() + 100; i++) {
      DemoEvents.Entry event = events.entry(i);
      if (isGoodUserEvent(event)) {
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
    assertThat(IntStream.range(0, COUNT).mapToObj(events::entry))
        .filteredOn(event -> event.malformed() != null)
        .isNotEmpty()
        .noneMatch(event -> event.model().equals("user"));
  }

  @Test
  void eachKafkaKeyHasANumberOfItsOwn() {
    Map<Integer, String> keys =
        IntStream.range(0, COUNT)
            .mapToObj(events::entry)
            .collect(
                java.util.stream.Collectors.toMap(
                    DemoEvents.Entry::keyNumber,
                    event -> new String(event.key()),
                    (one, other) -> {
                      assertThat(one).isEqualTo(other);
                      return one;
                    }));

    assertThat(keys.values()).doesNotHaveDuplicates();
    assertThat(keys.keySet()).allMatch(number -> number >= 0 && number < events.keys());
  }

  private static boolean isGoodUserEvent(DemoEvents.Entry event) {
    return event.model().equals("user") && event.malformed() == null && !event.isTombstone();
  }

  private DemoEvents.Entry goodUserEvent(int from) {
    return IntStream.range(from, COUNT)
        .mapToObj(events::entry)
        .filter(DemoEventsTest::isGoodUserEvent)
        .findFirst()
        .orElseThrow();
  }

  private static DataRecord record(DemoEvents.Entry event, long version) throws Exception {
    Expected.Record expected = (Expected.Record) event.expected(version, null);
    assertThat(expected.version()).isEqualTo(version);
    return read(new DataRecord(), expected.value());
  }

  private static EmbeddingEvent sent(DemoEvents.Entry event) throws Exception {
    return read(new EmbeddingEvent(), event.value());
  }

  private static <T extends TBase<T, ?>> T read(T struct, byte[] bytes) throws Exception {
    new TDeserializer(new TBinaryProtocol.Factory()).deserialize(struct, bytes);
    return struct;
  }
}
