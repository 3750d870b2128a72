package io.embeddingexport.cli.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectionNoticeTest {
  private final StringWriter said = new StringWriter();
  private double bytes = 100;
  private long nanos = -1;
  private final ConnectionNotice notice =
      new ConnectionNotice(() -> bytes, () -> nanos, new PrintWriter(said));

  @Test
  void givenAnswersThenNothingIsSaid() {
    for (int i = 0; i < 100; i++) {
      check(20, 1);
    }

    assertThat(said.toString()).isEmpty();
  }

  @Test
  void givenNoAnswersThenItIsSaidOnceAndTheNextAnswerToo() {
    check(29, 0);
    assertThat(said.toString()).isEmpty();
    check(1, 0);
    check(60, 0);
    assertThat(said.toString().lines())
        .containsExactly("no broker has answered for 30 s; waiting for one");

    check(1, 5);
    check(29, 0);
    assertThat(said.toString().lines())
        .containsExactly(
            "no broker has answered for 30 s; waiting for one", "a broker answers again");
  }

  private void check(int seconds, int more) {
    nanos += Duration.ofSeconds(seconds).toNanos();
    bytes += more;
    notice.check();
  }
}
