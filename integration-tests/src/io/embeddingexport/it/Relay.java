package io.embeddingexport.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passes bytes on between a client and a broker, and can hold them back. A job whose bytes are held
 * back is to the broker what a frozen process is; once they are let go, its requests arrive late.
 */
final class Relay implements AutoCloseable {
  private static final int BUFFER = 64 << 10;

  private final ServerSocket server;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private boolean frozen;
  private volatile boolean closed;

  private Relay(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  /**
   * @param target port on loopback, which may not be listening yet
   */
  static Relay to(int target) {
    try {
      Relay relay = new Relay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
      start("relay-accept-" + relay.port(), relay::accept);
      return relay;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** Holds all bytes back from now on, in both directions. */
  synchronized void freeze() {
    frozen = true;
  }

  /** Lets go of what was held back. */
  synchronized void thaw() {
    frozen = false;
    notifyAll();
  }

  private synchronized void awaitThaw() throws InterruptedException {
    while (frozen && !closed) {
      wait();
    }
  }

  private void accept() {
    while (!closed) {
      try {
        Socket client = server.accept();
        sockets.add(client);
        Socket broker = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(broker);
        start("relay-to-broker", () -> pass(client, broker));
        start("relay-to-client", () -> pass(broker, client));
      } catch (IOException e) {
        // The relay is closed, or the broker is not there: the client tries again.
      }
    }
  }

  private void pass(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        awaitThaw();
        out.write(buffer, 0, read);
      }
    } catch (IOException | InterruptedException e) {
      // One side has gone; so does the other.
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    closed = true;
    thaw();
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
