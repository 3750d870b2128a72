package io.embeddingexport.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.kafka.ReadPosition;
import io.embeddingexport.kafka.positions.StartOptions;
import io.embeddingexport.kafka.positions.StartRefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartitionEnumeratorTest {
  private static final StartOptions OPTIONS =
      new StartOptions(List.of("events", "more"), "keys", new ReadPosition.Earliest(), false);

  private static final long DISCOVERY = 1_000;

  private final FakeStarts brokers = new FakeStarts();
  private FakeCoordinator flink = new FakeCoordinator(2);

  PartitionEnumeratorTest() {
    brokers.topic("events", 1, 2);
    brokers.commit("events", 0, 40);
    brokers.commit("events", 1, 41);
  }

  private PartitionEnumerator unbounded(@Nullable SourceState checkpoint) {
    return new PartitionEnumerator(
        flink, "g", OPTIONS, brokers, new SourceBounds(null, Map.of()), DISCOVERY, checkpoint);
  }

  /** Every partition ends at 100 at the first start. */
  private PartitionEnumerator bounded() {
    SourceBounds bounds =
        new SourceBounds(
            partitions -> {
              Map<TopicPartition, Long> ends = new HashMap<>();
              partitions.forEach(partition -> ends.put(partition, 100L));
              return ends;
            },
            Map.of());
    return new PartitionEnumerator(flink, "g", OPTIONS, brokers, bounds, DISCOVERY, null);
  }

  private void register(PartitionEnumerator enumerator, int subtask) {
    flink.register(subtask);
    enumerator.addReader(subtask);
  }

  /** Started, with both readers and all partitions given to them. */
  private PartitionEnumerator running(PartitionEnumerator enumerator) {
    enumerator.start();
    register(enumerator, 0);
    register(enumerator, 1);
    flink.answerNext();
    return enumerator;
  }

  private void restart(PartitionEnumerator enumerator, int subtask) {
    flink.unregister(subtask);
    enumerator.addSplitsBack(List.of(), subtask);
    register(enumerator, subtask);
  }

  /** The slots are told apart by what they were given. */
  private static int owner(List<String> told, String split) {
    return told.stream()
        .filter(line -> line.contains(" " + split + "@"))
        .map(line -> Integer.valueOf(line.substring(0, line.indexOf(':'))))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyPartitionIsAssignedAtTheGroupsPosition() {
    running(unbounded(null));

    assertThat(flink.take())
        .map(line -> line.substring(3))
        .containsExactlyInAnyOrder("events-0@40", "events-1@41");
    assertThat(brokers.asked).containsExactly("all of 2");
  }

  @Property(tries = 200)
  void everyPartitionIsAssignedOnceInWhateverOrderReadersCome(
      @ForAll @IntRange(min = 1, max = 9) int parallelism,
      @ForAll @IntRange(min = 1, max = 40) int partitions,
      @ForAll @IntRange(max = 9) int early) {
    FakeStarts many = new FakeStarts();
    many.topic("events", 1, partitions);
    many.topic("more", 2, 3);
    many.topic("keys", 3, 1);
    FakeCoordinator coordinator = new FakeCoordinator(parallelism);
    PartitionEnumerator enumerator =
        new PartitionEnumerator(
            coordinator, "g", OPTIONS, many, new SourceBounds(null, Map.of()), DISCOVERY, null);
    enumerator.start();
    for (int subtask = 0; subtask < parallelism; subtask++) {
      if (subtask == Math.min(early, parallelism - 1)) {
        coordinator.answerNext();
      }
      coordinator.register(subtask);
      enumerator.addReader(subtask);
    }

    List<String> splits = coordinator.take();
    assertThat(splits)
        .map(line -> line.substring(3))
        .doesNotHaveDuplicates()
        .hasSize(partitions + 4);
    assertThat(splits)
        .as("letters of key configs come from the first slot")
        .contains("0: keys-0@0");
    Map<Integer, Integer> bySlot = new HashMap<>();
    splits.stream()
        .filter(line -> line.contains("events"))
        .forEach(line -> bySlot.merge(Integer.valueOf(line.substring(0, 1)), 1, Integer::sum));
    assertThat(bySlot.values())
        .as("a topic's partitions go round the slots")
        .allMatch(
            count -> count >= partitions / parallelism && count <= partitions / parallelism + 1);
  }

  @Test
  void beforeTheGroupsPositionsAreKnownNothingIsAssigned() {
    PartitionEnumerator enumerator = bounded();
    enumerator.start();
    register(enumerator, 0);
    register(enumerator, 1);

    assertThat(flink.take()).isEmpty();
  }

  @Test
  void aReaderThatComesLateGetsItsOwn() {
    PartitionEnumerator enumerator = unbounded(null);
    enumerator.start();
    flink.answerNext();
    assertThat(flink.take()).isEmpty();

    register(enumerator, 0);
    register(enumerator, 1);
    assertThat(flink.take()).hasSize(2);
  }

  @Test
  void aSlotThatRestartsGetsItsPartitionsAtTheGroupsPositionAgainAndOthersAreLeftAlone() {
    PartitionEnumerator enumerator = running(unbounded(null));
    int slot = owner(flink.take(), "events-0");
    brokers.commit("events", 0, 70);
    brokers.commit("events", 1, 71);

    restart(enumerator, slot);
    assertThat(flink.take()).as("the brokers have not answered").isEmpty();
    flink.answerNext();

    assertThat(flink.take()).containsExactly(slot + ": events-0@70");
    assertThat(brokers.asked).endsWith("slot " + slot + " of 2: [events-0]");
    assertThat(flink.waiting()).isZero();
  }

  @Test
  void aSlotThatFailsAgainWhileItsPositionsAreReadGetsItsPartitionsOnce() {
    PartitionEnumerator enumerator = running(unbounded(null));
    int slot = owner(flink.take(), "events-0");
    restart(enumerator, slot);

    brokers.meanwhile = () -> restart(enumerator, slot);
    flink.answerNext();

    assertThat(flink.take()).containsExactly(slot + ": events-0@40");
    assertThat(flink.waiting()).isZero();
  }

  @Test
  void aSlotThatHasFailedAndIsNotBackYetGetsItsPartitionsWhenItIs() {
    PartitionEnumerator enumerator = running(unbounded(null));
    int slot = owner(flink.take(), "events-0");
    restart(enumerator, slot);

    brokers.meanwhile = () -> flink.unregister(slot);
    flink.answerNext();
    assertThat(flink.take()).isEmpty();
    brokers.meanwhile = () -> {};
    register(enumerator, slot);

    assertThat(flink.take()).containsExactly(slot + ": events-0@40");
    assertThat(flink.waiting()).as("nobody has read them since").isZero();
  }

  @Test
  void aSlotThatRestartsOnceMoreIsAskedForOnceMore() {
    PartitionEnumerator enumerator = running(unbounded(null));
    int slot = owner(flink.take(), "events-0");
    for (long position = 50; position < 53; position++) {
      brokers.commit("events", 0, position);
      restart(enumerator, slot);
      flink.answerNext();
      assertThat(flink.take()).containsExactly(slot + ": events-0@" + position);
    }
  }

  @Test
  void aSlotWithoutPartitionsRestartsWithoutAQuestion() {
    brokers.topic("events", 1, 1);
    PartitionEnumerator enumerator = running(unbounded(null));
    int idle = 1 - owner(flink.take(), "events-0");

    restart(enumerator, idle);

    assertThat(flink.waiting()).isZero();
    assertThat(flink.take()).isEmpty();
  }

  @Test
  void inABoundedRunNoReaderIsToldThatThereIsNoMoreBeforeItGotItsOwn() {
    PartitionEnumerator enumerator = running(bounded());
    List<String> told = flink.take();
    int slot = owner(told, "events-0");
    assertThat(told).hasSize(4);
    assertNoMoreComesLast(told, 0);
    assertNoMoreComesLast(told, 1);

    restart(enumerator, slot);
    assertThat(flink.take()).isEmpty();
    flink.answerNext();
    assertThat(flink.take()).containsExactly(slot + ": events-0@40", slot + ": no more");
    assertThat(flink.periodic()).as("nothing is looked for").isZero();
  }

  private static void assertNoMoreComesLast(List<String> told, int subtask) {
    List<String> own = told.stream().filter(line -> line.startsWith(subtask + ":")).toList();
    assertThat(own).containsOnlyOnce(subtask + ": no more").endsWith(subtask + ": no more");
  }

  @Test
  void inABoundedRunASlotWithoutPartitionsEndsAtOnce() {
    flink = new FakeCoordinator(3);
    PartitionEnumerator enumerator = bounded();
    enumerator.start();
    flink.answerNext();
    List<String> told = new ArrayList<>();
    for (int subtask = 0; subtask < 3; subtask++) {
      register(enumerator, subtask);
      told.addAll(flink.take());
    }

    assertThat(told).hasSize(5).contains("0: no more", "1: no more", "2: no more");
  }

  @Test
  void anAddedPartitionIsAssignedToItsSlotAlone() {
    PartitionEnumerator enumerator = running(unbounded(null));
    flink.take();
    flink.discover();
    assertThat(flink.waiting()).as("nothing was added").isZero();

    brokers.topic("events", 1, 3);
    flink.discover();
    flink.answerNext();

    assertThat(flink.take()).singleElement().asString().endsWith(": events-2@0");
    assertThat(brokers.asked).endsWith("topics", "added: [events-2]");
    flink.discover();
    assertThat(flink.waiting()).as("it is known now").isZero();
    assertThat(enumerator.snapshotState(1).topics()).containsExactly("events");
  }

  @Test
  void anAddedPartitionOfASlotThatIsAwayIsAssignedWithItsOthers() {
    PartitionEnumerator enumerator = running(unbounded(null));
    int slot = owner(flink.take(), "events-0");
    brokers.topic("events", 1, 3); // events-2 goes where events-0 is
    flink.discover();
    flink.unregister(slot);
    flink.answerNext();
    assertThat(flink.take()).isEmpty();

    register(enumerator, slot);
    flink.answerNext();
    assertThat(flink.take())
        .containsExactlyInAnyOrder(slot + ": events-0@40", slot + ": events-2@0");
  }

  @Test
  void aTopicThatIsCreatedAnewFailsTheJobForGood() {
    running(unbounded(null));
    brokers.topic("events", 9, 2);

    assertThatThrownBy(flink::discover)
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("topic events was re-created while the job runs")
        .hasMessageContaining("positions set --config FILE --to earliest");
  }

  @Test
  void aTopicOfKeyConfigsThatIsCreatedAnewStartsAgainAtItsBeginning() {
    brokers.topic("keys", 3, 2);
    brokers.commit("keys", 0, 7);
    running(unbounded(null));
    assertThat(flink.take()).contains("0: keys-0@7", "0: keys-1@0");
    brokers.topic("keys", 4, 1);

    flink.discover();
    assertThat(flink.take()).containsExactly("0: keys-0@0");
    assertThat(flink.waiting()).as("the slot has claimed it").isZero();

    flink.discover();
    assertThat(flink.take()).as("once").isEmpty();
  }

  @Test
  void givenASlotThatStartedWhenTheTopicOfKeyConfigsWasGoneThenItStartsAgainAtItsBeginning() {
    brokers.topic("keys", 3, 1);
    PartitionEnumerator enumerator = running(unbounded(null));
    flink.take();
    flink.unregister(0);
    register(enumerator, 0);
    brokers.topic("keys", 4, 1);
    flink.discover();
    assertThat(flink.take()).as("it is asked where it starts").isEmpty();

    flink.answerNext();

    assertThat(flink.take()).contains("0: keys-0@0");
    flink.discover();
    assertThat(flink.take()).as("it was the new one").isEmpty();
  }

  @Test
  void givenThatTopicsCannotBeLookedAtThenTheJobGoesOnAndLooksAgain() {
    running(unbounded(null));
    flink.take();
    brokers.topic("events", 1, 3);
    brokers.failure = new KafkaException("no broker answers");
    flink.discover();
    assertThat(flink.waiting()).isZero();

    flink.discover();
    flink.answerNext();
    assertThat(flink.take()).hasSize(1);
  }

  @Test
  void whatTheStartRefusesFailsTheJob() {
    PartitionEnumerator enumerator = unbounded(null);
    enumerator.start();
    brokers.failure = new StartRefusedException(List.of("no"));

    assertThatThrownBy(flink::answerNext)
        .isInstanceOf(StartRefusedException.class)
        .hasMessage("no");
  }

  @Test
  void whatTheBrokersDoNotAnswerFailsTheAttemptWithItsCause() {
    PartitionEnumerator enumerator = unbounded(null);
    enumerator.start();
    brokers.meanwhile = () -> sneak(new IOException("gone"));

    assertThatThrownBy(flink::answerNext)
        .isInstanceOf(FlinkRuntimeException.class)
        .hasMessage("the brokers do not say where to start; the job tries again")
        .hasRootCauseMessage("gone");
  }

  @SuppressWarnings("unchecked")
  private static <E extends Exception> void sneak(Exception exception) throws E {
    throw (E) exception;
  }
}
