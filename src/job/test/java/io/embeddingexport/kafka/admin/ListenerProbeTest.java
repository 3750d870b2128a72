package io.embeddingexport.kafka.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The answers of real brokers are in ConnectionFailuresIT. */
class ListenerProbeTest {

  @Test
  void nothingThatListensShouldBeARefusal() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }

    assertThat(new ListenerProbe("127.0.0.1", port).run()).isEqualTo(ListenerProbe.Finding.REFUSED);
    assertThat(new ListenerProbe("127.0.0.1", port).meetsTls()).isFalse();
  }

  @Test
  void aNameOfNobodyShouldBeUnresolved() {
    assertThat(new ListenerProbe("no-such-host.invalid", 9092).run())
        .isEqualTo(ListenerProbe.Finding.UNRESOLVED);
  }

  /** A firewall that drops packets looks the same: no connection, and no refusal. */
  @Test
  void whatTakesNoConnectionShouldBeUnreachable() throws Exception {
    List<Socket> waiting = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      fill(full, waiting);

      assertThat(new ListenerProbe("127.0.0.1", full.getLocalPort()).run())
          .isEqualTo(ListenerProbe.Finding.UNREACHABLE);
    } finally {
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  /** Connects until the queue of those that nobody accepts takes no more. */
  private static void fill(ServerSocket server, List<Socket> waiting) throws IOException {
    while (true) {
      Socket socket = new Socket();
      waiting.add(socket);
      try {
        socket.connect(server.getLocalSocketAddress(), 300);
      } catch (SocketTimeoutException e) {
        return;
      }
    }
  }

  @Test
  void whatSpeaksSomethingElseShouldBeNeitherKafkaNorTls() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 4, InetAddress.getLoopbackAddress())) {
      Thread answers = new Thread(() -> answer(server));
      answers.start();

      assertThat(new ListenerProbe("127.0.0.1", server.getLocalPort()).run())
          .isEqualTo(ListenerProbe.Finding.OTHER);
    }
  }

  private static void answer(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        client.getOutputStream().write("220 mail.example.com".getBytes());
      } catch (IOException closed) {
        return;
      }
    }
  }
}
