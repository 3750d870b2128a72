package io.embeddingexport.chaos.cluster;

import io.embeddingexport.local.FreePort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;

/** Free ports of this machine, none twice. */
final class Ports {
  private static final int MILLIS = 500;
  private final Set<Integer> given = new HashSet<>();

  int next() {
    int port = FreePort.find();
    while (!given.add(port)) {
      port = FreePort.find();
    }
    return port;
  }

  static boolean isListening(String address, int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), MILLIS);
      return true;
    }
  }
}
