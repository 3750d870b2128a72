package io.embeddingexport.kafka.keyconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
  private final List<String> closed = new ArrayList<>();
  private final Connections connections = new Connections();

  /** A client that cannot be closed. */
  private void open(String name) {
    connections.add(
        (Admin)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Admin.class},
                (proxy, method, arguments) -> {
                  closed.add(name);
                  throw new IllegalStateException(name);
                }));
  }

  @Test
  void allAreClosedEvenIfOneCannotBe() {
    open("first");
    open("second");

    assertThatThrownBy(connections::close)
        .hasMessage("second")
        .satisfies(
            e -> assertThat(e.getSuppressed()).extracting("message").containsExactly("first"));
    assertThat(closed).containsExactly("second", "first");
  }

  @Test
  void aFailureToCloseDoesNotMaskWhatCausedIt() {
    open("client");
    Exception cause = new Exception("the cause");

    connections.closeAfter(cause);

    assertThat(cause.getSuppressed()).extracting("message").containsExactly("client");
  }
}
