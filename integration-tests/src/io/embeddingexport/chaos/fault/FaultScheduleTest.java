package io.embeddingexport.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultScheduleTest {
  @TempDir private Path directory;

  @Test
  void theSameSeedGivesTheSameFaults() {
    assertThat(texts(7, 200)).isEqualTo(texts(7, 200));
    assertThat(texts(8, 200)).isNotEqualTo(texts(7, 200));
  }

  @Test
  void eachRoundHasEveryClassOnce() {
    FaultSchedule schedule = FaultSchedule.of(1, new FakeCluster(true, directory));
    for (int round = 0; round < 5; round++) {
      assertThat(next(schedule, FaultClass.values().length))
          .extracting(Fault::kind)
          .containsExactlyInAnyOrder(FaultClass.values());
    }
    assertThat(schedule.leftOut()).isEmpty();
  }

  @Test
  void whatCannotHappenIsLeftOutWithAReason() {
    FaultSchedule schedule = FaultSchedule.of(1, new FakeCluster(false, directory));
    Set<FaultClass> without =
        EnumSet.of(
            FaultClass.NETWORK_CUT,
            FaultClass.NETWORK_LOSS,
            FaultClass.CHECKPOINT_DISK_FULL,
            FaultClass.CHECKPOINT_DISK_READ_ONLY,
            FaultClass.CHECKPOINT_DISK_GONE,
            FaultClass.CLOCK_JUMP);
    assertThat(schedule.leftOut().keySet()).isEqualTo(without);
    assertThat(schedule.leftOut().values()).allMatch(reason -> reason.contains("allows nothing"));
    assertThat(kinds(next(schedule, 200))).isEqualTo(EnumSet.complementOf(EnumSet.copyOf(without)));
  }

  @Test
  void eachFaultSaysWhatItIs() {
    assertThat(texts(3, 300)).noneMatch(text -> text.contains("[") && text.contains("kind="));
    assertThat(texts(3, 300).stream().distinct().count()).isGreaterThan(100);
  }

  private List<String> texts(long seed, int count) {
    return next(FaultSchedule.of(seed, new FakeCluster(true, directory)), count).stream()
        .map(Fault::toString)
        .toList();
  }

  private static List<Fault> next(FaultSchedule schedule, int count) {
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      faults.add(schedule.next());
    }
    return faults;
  }

  private static Set<FaultClass> kinds(List<Fault> faults) {
    return faults.stream()
        .map(Fault::kind)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(FaultClass.class)));
  }
}
