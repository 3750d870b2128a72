package io.embeddingexport.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sun.misc.Signal;

class StopSignalTest {
  private final List<Integer> exits = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void beforeTheStartASignalShouldEndTheProcessAsItWouldAnyOther(String signal, int exitCode)
      throws Exception {
    StopSignal stop = new StopSignal("stopped", exits::add);

    stop.come(new Signal(signal));

    assertThat(exits).containsExactly(exitCode);
  }

  @ParameterizedTest
  @CsvSource({"INT", "TERM"})
  void afterTheStartASignalShouldBeWaitedFor(String signal) throws Exception {
    StopSignal stop = new StopSignal("stopped", exits::add);
    stop.started();

    assertThat(stop.await(0)).isFalse();
    stop.come(new Signal(signal));

    assertThat(stop.await(0)).isTrue();
    assertThat(exits).isEmpty();
  }
}
