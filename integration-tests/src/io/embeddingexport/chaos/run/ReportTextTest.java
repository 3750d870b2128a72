package io.embeddingexport.chaos.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTextTest {
  @TempDir Path directory;

  @Test
  void whatIsWrittenShouldBeReadAgain() throws IOException {
    Segment segment = segment(7, Map.of("LOST", 2L), List.of(fault("KILL_BROKER", 1_000L)));
    write("one", segment);
    assertThat(new SegmentFiles(directory.resolve("one")).read()).isEqualTo(segment);
  }

  @Test
  void severalSegmentsShouldBeSummedUp() throws IOException {
    write("one", segment(1, Map.of(), List.of(fault("KILL_BROKER", 1_000L))));
    write(
        "two",
        segment(2, Map.of(), List.of(fault("KILL_BROKER", 3_000L), fault("CLOCK_JUMP", 2_000L))));

    String report =
        ReportText.of(
            List.of(
                new SegmentFiles(directory.resolve("one")).read(),
                new SegmentFiles(directory.resolve("two")).read()));

    assertThat(report)
        .contains("Nothing was found.")
        .contains("| records | 1,960 |")
        .contains("| transactional ids of the job on the brokers at the end, at most | 12 |")
        .contains("| faults after which an operator would have had to act | 0 |")
        .contains("| KILL_BROKER | 2 | 1.0 | 3.0 | 3.0 | 3.0 |")
        .contains("| **all 2 classes** | 3 | 2.0 | 3.0 | 3.0 | 3.0 |")
        .contains("- RESCALE: not asked for")
        .doesNotContain("- CLOCK_JUMP")
        .doesNotContain("What was found");
  }

  @Test
  void whatWasFoundShouldBeShownWithItsSeed() {
    Segment bad = segment(42, Map.of("LOST", 2L), List.of(fault("KILL_BROKER", null)));
    assertThat(bad.summary().isClean()).isFalse();
    assertThat(ReportText.of(List.of(segment(1, Map.of(), List.of()), bad)))
        .contains("**Something was found: see the end.**")
        .contains("### Seed 42")
        .contains("- LOST: 2")
        .contains("LOST events-0@5: input 9")
        .contains("| KILL_BROKER | 1 | 0.0 | 0.0 | 0.0 | 0.0 |")
        .contains("| faults after which an operator would have had to act | 1 |");
  }

  @Test
  void aRunThatDidNotEndShouldNotBeSummedUpSilently() throws IOException {
    SegmentFiles.create(directory.resolve("cut")).add(fault("KILL_BROKER", 1L));
    assertThatThrownBy(new SegmentFiles(directory.resolve("cut"))::read)
        .hasMessageContaining("did not come to its end");
    assertThatThrownBy(() -> SegmentFiles.create(directory.resolve("cut")))
        .hasMessageContaining("name another directory");
  }

  @Test
  void aControlShouldHaveDoubledAndNotLost() {
    assertThat(segment(1, Map.of("DUPLICATE", 9L), List.of()).summary().isControlPassed()).isTrue();
    assertThat(segment(1, Map.of(), List.of()).summary().isControlPassed()).isFalse();
    assertThat(
            segment(1, Map.of("DUPLICATE", 9L, "LOST", 1L), List.of()).summary().isControlPassed())
        .isFalse();
  }

  private void write(String name, Segment segment) throws IOException {
    SegmentFiles files = SegmentFiles.create(directory.resolve(name));
    for (FaultLine fault : segment.faults()) {
      files.add(fault);
    }
    files.finish(segment);
  }

  private static FaultLine fault(String kind, Long recoveryMillis) {
    return new FaultLine(1, 0.5, kind, "kill -9 it", 12, recoveryMillis, null, 100, 0);
  }

  private static Segment segment(long seed, Map<String, Long> anomalies, List<FaultLine> faults) {
    return new Segment(
        new RunSummary(
            seed,
            "2026-11-26T12:00:00Z",
            30.5,
            "2 cores",
            "exactly-once",
            6_000,
            1_000,
            980,
            10,
            10,
            0,
            50,
            3,
            400,
            1,
            12,
            Map.of("RESCALE", "not asked for", "CLOCK_JUMP", "not asked for"),
            anomalies,
            anomalies.isEmpty() ? List.of() : List.of("LOST events-0@5: input 9"),
            List.of()),
        faults);
  }
}
