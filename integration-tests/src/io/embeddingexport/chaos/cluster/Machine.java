package io.embeddingexport.chaos.cluster;

import java.io.UncheckedIOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What this machine lets a run do. Namespaces, mounts and firewall rules are made only where {@code
 * integration-tests/chaos} has put the run into namespaces of its own, which it says by a variable.
 */
final class Machine {
  /** Set by {@code integration-tests/chaos}. */
  static final String OWN_NAMESPACES = "CHAOS_NAMESPACES";

  private static final Path FAKETIME =
      Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1");
  private static final String ASIDE =
      "the run has no namespaces of its own: start it as root with integration-tests/chaos";

  private final List<String> missing = new ArrayList<>();

  boolean hasNamespaces() {
    return may("network", "ip", "-V", "nsenter", "nft") && isAlone();
  }

  /** A variable can be inherited; a namespace just made has nothing but loopback. */
  private boolean isAlone() {
    List<String> others;
    try {
      others =
          NetworkInterface.networkInterfaces()
              .map(NetworkInterface::getName)
              .filter(name -> !name.equals("lo"))
              .toList();
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
    // Interfaces without an address, such as the kernel's own tunnels, are not listed.
    if (!others.isEmpty()) {
      missing.add("network: this namespace is others' too, it has " + others + "; " + ASIDE);
    }
    return others.isEmpty();
  }

  boolean canMount() {
    return may("checkpoint disk", "mount", "-V", "umount");
  }

  /** The library that shifts a process's clock. */
  Optional<Path> faketime() {
    if (Files.exists(FAKETIME)) {
      return Optional.of(FAKETIME);
    }
    missing.add("clocks: " + FAKETIME + " is not there; install Debian's package faketime");
    return Optional.empty();
  }

  List<String> missing() {
    return List.copyOf(missing);
  }

  private boolean may(String what, String command, String version, String... others) {
    if (!"1".equals(System.getenv(OWN_NAMESPACES))) {
      missing.add(what + ": " + ASIDE);
      return false;
    }
    List<String> all = new ArrayList<>(List.of(others));
    all.add(command);
    for (String needed : all) {
      if (!Shell.works(needed, needed.equals(command) ? version : "--version")) {
        missing.add(what + ": the command " + needed + " is not there");
        return false;
      }
    }
    return true;
  }
}
