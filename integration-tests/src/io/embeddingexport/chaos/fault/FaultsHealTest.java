package io.embeddingexport.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultsHealTest {
  /** These ask brokers, which are not there. */
  private static final Set<FaultClass> ASK_BROKERS =
      EnumSet.of(FaultClass.LONG_OUTAGE, FaultClass.SAME_PREFIX, FaultClass.GROUP_RESET);

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(FaultClass.class)
  void whatAFaultBreaksIsWholeAfterwards(FaultClass kind) throws Exception {
    for (int seed = 0; seed < 20; seed++) {
      FakeCluster cluster = new FakeCluster(true, directory);
      Fault fault = fault(kind, seed, true);
      if (ASK_BROKERS.contains(kind) || holdsACommit(fault)) {
        assertThatThrownBy(() -> fault.happen(cluster.stage(time -> {})));
      } else {
        fault.happen(cluster.stage(time -> {}));
      }
      requireWhole(cluster, fault);
      if (!ASK_BROKERS.contains(kind) && !holdsACommit(fault)) {
        assertThat(cluster.calls).as(fault.toString()).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(FaultClass.class)
  void whatAFaultBreaksIsWholeAfterwardsAlsoIfItIsInterrupted(FaultClass kind) throws Exception {
    for (int seed = 0; seed < 20; seed++) {
      for (int after = 0; after < 3; after++) {
        FakeCluster cluster = new FakeCluster(true, directory);
        Fault fault = fault(kind, seed, true);
        AtomicInteger holds = new AtomicInteger(after);
        try {
          fault.happen(
              cluster.stage(
                  time -> {
                    if (holds.getAndDecrement() == 0) {
                      throw new InterruptedException("enough");
                    }
                  }));
        } catch (InterruptedException | RuntimeException e) {
          // Some end before they are interrupted; what is left is what counts.
        }
        requireWhole(cluster, fault);
      }
    }
  }

  @Test
  void withoutANetworkASlowBrokerStandsStillAndGoesOn() throws Exception {
    FakeCluster cluster = new FakeCluster(false, directory);
    fault(FaultClass.SLOW_BROKER, 1, false).happen(cluster.stage(time -> {}));
    assertThat(cluster.calls)
        .filteredOn(call -> call.startsWith("freeze broker"))
        .hasSizeGreaterThan(5);
    assertThat(cluster.broken).isEmpty();
  }

  @Test
  void whileTwoBrokersAreDownTheyAreNotStarted() throws Exception {
    FakeCluster cluster = new FakeCluster(true, directory);
    fault(FaultClass.TWO_BROKERS_DOWN, 1, true)
        .happen(
            cluster.stage(
                time ->
                    assertThat(cluster.broken)
                        .hasSize(2)
                        .allMatch(what -> what.matches("broker-. down"))));
  }

  private void requireWhole(FakeCluster cluster, Fault fault) throws IOException {
    assertThat(cluster.broken).as(fault.toString()).isEmpty();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(file).hasContent(FakeJob.CONTENT);
      }
    }
  }

  private static boolean holdsACommit(Fault fault) {
    return fault instanceof FreezeAndRescale rescale && rescale.held();
  }

  private static Fault fault(FaultClass kind, int seed, boolean complete) {
    Fault fault = new FaultChoice(new SplittableRandom(seed), 3, complete, complete, 2).make(kind);
    assertThat(fault.kind()).isEqualTo(kind);
    return fault;
  }
}
