package io.embeddingexport.job.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.embeddingexport.kafka.ReadPosition;
import io.embeddingexport.kafka.sink.DeliveryGuarantee;
import io.embeddingexport.kafka.transactions.JobTransactions;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackfillTest {
  private static final List<String> EVENTS = List.of("events");

  @TempDir Path directory;
  private Configuration live;

  @BeforeEach
  void options() throws Exception {
    live = TestOptions.minimal(directory);
  }

  private static Backfill range(String until) {
    return new Backfill("earliest", until, List.of(), null, null);
  }

  private JobSettings settings(Backfill backfill) throws InvalidOptionsException {
    return JobSettings.of(backfill.options(JobConfiguration.of(live)));
  }

  @Test
  void itShouldHaveAGroupAndIdsOfItsOwn() throws Exception {
    live.setString("input.group-id", "g");
    live.setString("output.transactional-id-prefix", "p-");
    live.setString("output.delivery-guarantee", "at-least-once");
    JobSettings settings =
        settings(new Backfill("offset:0=5", "offset:*=9", List.of("user"), "again", "tuesday"));

    assertThat(settings.name()).isEqualTo("embedding-export backfill tuesday");
    assertThat(settings.source().groupId()).isEqualTo("g.backfill.tuesday");
    assertThat(settings.sink().transactionalIdPrefix()).isEqualTo("p-backfill.tuesday.");
    assertThat(settings.sink().guarantee()).isEqualTo(DeliveryGuarantee.EXACTLY_ONCE);
    assertThat(settings.source().mustStartThere()).isFalse();
    assertThat(settings.models()).containsExactly("user");
    assertThat(settings.keyConfigLetters()).isFalse();
    assertThat(settings.sink().topics().records("records-of-user")).isEqualTo("again");
    assertThat(settings.sink().topics().deadLetters()).isEqualTo("dead-letters");
  }

  @Test
  void withoutAnOutputTopicRecordsShouldGoWhereTheJobsGo() throws Exception {
    assertThat(settings(range("offset:*=9")).sink().topics().records("records-of-user"))
        .isEqualTo("records-of-user");
    assertThat(settings(range("offset:*=9")).sink().topics().records(null)).isEqualTo("records");
  }

  @ParameterizedTest
  @ValueSource(strings = {"embedding-export.", "p", "p-", "p-1", "backfill."})
  void theJobAndItsBackfillShouldHaveNoIdInCommon(String prefix) throws Exception {
    live.setString("output.transactional-id-prefix", prefix);
    String own = settings(range("offset:*=9")).sink().transactionalIdPrefix();
    List<String> ids = IntStream.range(0, 20).mapToObj(n -> own + "-" + n % 3 + "-" + n).toList();

    assertThat(ids).noneMatch(new JobTransactions(prefix)).allMatch(new JobTransactions(own));
    assertThat(ids).allMatch(id -> SideRun.isOf(prefix, id));
    assertThat(SideRun.isOf(prefix, prefix + "-0-0")).isFalse();
    assertThat(new JobTransactions(own)).rejects(prefix + "-0-0");
  }

  @Test
  void theSameRangeShouldHaveTheSameNameAndAnotherAnother() {
    Backfill one = new Backfill("earliest", "offset:*=9", List.of("b", "a"), null, null);
    String name = one.name(EVENTS);

    assertThat(name).matches("[0-9a-f]{8}");
    assertThat(new Backfill("earliest", "offset:*=9", List.of("a", "b", "a"), null, null))
        .extracting(same -> same.name(EVENTS))
        .isEqualTo(name);
    assertThat(
            List.of(
                one.name(List.of("more")),
                new Backfill("latest", "offset:*=9", List.of("a", "b"), null, null).name(EVENTS),
                new Backfill("earliest", "offset:*=8", List.of("a", "b"), null, null).name(EVENTS),
                new Backfill("earliest", "offset:*=9", List.of("a"), null, null).name(EVENTS),
                new Backfill("earliest", "offset:*=9", List.of("a", "b"), "o", null).name(EVENTS)))
        .doesNotContain(name)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "latest, an end that does not move",
    "none, an end that does not move",
    "timestamp:2999-01-01T00:00:00Z, is in the future",
    "nowhere, must be one of"
  })
  void anEndThatMovesShouldBeRefused(String until, String why) {
    assertThat(refusal(range(until))).startsWith("--until " + until + ": ").contains(why);
  }

  @Test
  void everyProblemShouldBeNamedAtOnce() {
    assertThat(refusal(new Backfill("x", "latest", List.of(), null, "a/b")).lines())
        .hasSize(4)
        .first()
        .isEqualTo("3 problems:");
  }

  private String refusal(Backfill backfill) {
    return Objects.requireNonNull(
            catchThrowableOfType(
                InvalidOptionsException.class, () -> backfill.options(JobConfiguration.of(live))))
        .getMessage();
  }

  @Test
  void everyPartitionShouldHaveAnEnd() {
    List<TopicPartition> two =
        List.of(new TopicPartition("events", 0), new TopicPartition("events", 1));

    for (String whole : List.of("offset:0=1,1=2", "offset:*=4", "timestamp:5")) {
      assertThatCode(() -> Backfill.requireEnds(ReadPosition.until(whole, EVENTS), two))
          .doesNotThrowAnyException();
    }
    assertThat(
            catchThrowableOfType(
                InvalidOptionsException.class,
                () -> Backfill.requireEnds(ReadPosition.until("offset:0=1", EVENTS), two)))
        .hasMessageStartingWith("--until: has no end for events-1;");
  }

  @Test
  void theJobsStateShouldNotBeRestored() throws Exception {
    live.setString("flink.execution.state-recovery.path", "/savepoint");
    live.setString("flink.execution.savepoint.path", "/savepoint");

    assertThat(range("offset:*=9").options(JobConfiguration.of(live)).keySet())
        .noneMatch(key -> key.startsWith("flink.execution."));
  }

  @Test
  void aModelThatNoKeyConfigIsForShouldBeRefusedUnlessItMayCome() throws Exception {
    live.setString("export.models", "usr");
    assertThat(catchThrowableOfType(InvalidOptionsException.class, () -> JobSettings.of(live)))
        .hasMessageStartingWith("export.models = usr: no key config has that model");

    live.setString("key-config.topic", "key-configs");
    assertThat(JobSettings.of(live).models()).containsExactly("usr");
  }
}
