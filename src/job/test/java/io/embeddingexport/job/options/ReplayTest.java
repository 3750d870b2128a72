package io.embeddingexport.job.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.kafka.ReadPosition;
import io.embeddingexport.kafka.letters.LetterFilter;
import io.embeddingexport.kafka.sink.DeliveryGuarantee;
import io.embeddingexport.kafka.transactions.JobTransactions;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
  private static final LetterFilter SHAPES =
      new LetterFilter(List.of("shape"), List.of(), null, null, null, null, null);

  @TempDir Path directory;
  private Configuration live;

  @BeforeEach
  void options() throws Exception {
    live = TestOptions.minimal(directory);
    live.setString("input.group-id", "g");
    live.setString("output.transactional-id-prefix", "p-");
  }

  private JobSettings settings(String id, LetterFilter letters) throws InvalidOptionsException {
    return new Replay(id, letters).settings(JobConfiguration.of(live));
  }

  @Test
  void itReadsTheLettersToTheirEndUnderAGroupAndIdsOfItsOwn() throws Exception {
    live.setString("output.delivery-guarantee", "at-least-once");
    live.setString("input.from", "latest");
    live.setString("input.isolation", "read_uncommitted");
    JobSettings settings = settings("friday", LetterFilter.ALL);

    assertThat(settings.name()).isEqualTo("embedding-export replay friday");
    assertThat(settings.source().topics()).containsExactly("dead-letters");
    assertThat(settings.starts().inputTopics()).containsExactly("dead-letters");
    assertThat(settings.starts().keyConfigTopic()).isNull();
    assertThat(settings.source().from()).isEqualTo(new ReadPosition.Earliest());
    assertThat(settings.source().until()).isEqualTo(new ReadPosition.Latest());
    assertThat(settings.source().properties()).containsEntry("isolation.level", "read_committed");
    assertThat(settings.source().groupId()).isEqualTo("g.replay.friday");
    assertThat(settings.sink().transactionalIdPrefix()).isEqualTo("p-replay.friday.all.");
    assertThat(settings.sink().guarantee()).isEqualTo(DeliveryGuarantee.EXACTLY_ONCE);
    assertThat(settings.replayed()).isEqualTo(LetterFilter.ALL);
    assertThat(settings.writesDeadLetters()).isFalse();
    assertThat(settings.keyConfigLetters()).isFalse();
  }

  @Test
  void theJobItselfWritesDeadLetters() throws Exception {
    assertThat(JobSettings.of(live).writesDeadLetters()).isTrue();
  }

  @Test
  void onAClustersOptionsItIsStillAReplay() throws Exception {
    assertThat(settings("friday", SHAPES).on(new Configuration()).replayed()).isEqualTo(SHAPES);
  }

  @Test
  void anotherFilterUnderTheSameIdShouldHaveTheSameGroupAndOtherTransactionalIds()
      throws Exception {
    JobSettings all = settings("friday", LetterFilter.ALL);
    JobSettings shapes = settings("friday", SHAPES);

    assertThat(shapes.source().groupId()).isEqualTo(all.source().groupId());
    assertThat(shapes.sink().transactionalIdPrefix())
        .isEqualTo("p-replay.friday." + SHAPES.fingerprint() + ".");
  }

  @Test
  void theJobAndItsReplayShouldHaveNoIdInCommon() throws Exception {
    String own = settings("friday", SHAPES).sink().transactionalIdPrefix();

    assertThat(new JobTransactions("p-")).rejects(own + "-0-1");
    assertThat(new JobTransactions(own)).accepts(own + "-0-1").rejects("p--0-1");
    assertThat(SideRun.isOf("p-", own + "-0-1")).isTrue();
  }

  @Test
  void anIdShouldHaveOnlyWhatAGroupMayHave() {
    assertThatThrownBy(() -> settings("a/b", LetterFilter.ALL))
        .isInstanceOf(InvalidOptionsException.class)
        .hasMessageContaining("--id a/b: use letters, digits, '.', '_' and '-', 100 at most");
  }
}
