package io.embeddingexport.chaos.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Hosts as network namespaces, each with one wire to a bridge in the namespace of the run itself.
 * Addresses are 10.99.0.1 for the run, 10.99.0.(10 + n) for host n; they exist nowhere else.
 *
 * <p>Packets are dropped where they come in, by a firewall chain of each namespace: their sender
 * learns nothing, as with a wire that is cut.
 */
final class Namespaces implements Hosts, Network {
  private static final String BRIDGE = "chaos";
  private static final String SUBNET = "10.99.0.";
  private static final String CHAIN = "inet chaos input";

  /** Process ids repeat: files of a run that was killed may still be in /run/netns. */
  private final String run =
      "chaos%d-%s"
          .formatted(
              ProcessHandle.current().pid(),
              Long.toString(System.currentTimeMillis(), Character.MAX_RADIX));

  private final List<String> made = new ArrayList<>();

  /** By address. */
  private final Map<String, String> namespaces = new LinkedHashMap<>();

  Namespaces() {
    Shell.run("ip", "link", "add", BRIDGE, "type", "bridge");
    Shell.run("ip", "address", "add", SUBNET + "1/24", "dev", BRIDGE);
    Shell.run("ip", "link", "set", BRIDGE, "up");
    firewall(List.of());
  }

  @Override
  public Host create(String name) {
    int number = made.size() + 1;
    String namespace = run + "-" + number;
    String wire = "chaos" + number;
    String address = SUBNET + (10 + number);
    Shell.run("ip", "netns", "add", namespace);
    made.add(namespace);
    namespaces.put(address, namespace);
    Shell.run(
        "ip", "link", "add", wire, "type", "veth", "peer", "name", "eth0", "netns", namespace);
    Shell.run("ip", "link", "set", wire, "master", BRIDGE, "up");
    Host host = new Host(number, address, List.of("nsenter", "--net=/run/netns/" + namespace));
    on(host.entry(), "ip", "link", "set", "lo", "up");
    on(host.entry(), "ip", "address", "add", address + "/24", "dev", "eth0");
    on(host.entry(), "ip", "link", "set", "eth0", "up");
    firewall(host.entry());
    return host;
  }

  private static void firewall(List<String> entry) {
    on(entry, "nft", "add table inet chaos");
    on(entry, "nft", "add chain " + CHAIN + " { type filter hook input priority 0; }");
  }

  @Override
  public void cut(ClusterNode one, ClusterNode other) {
    drop(one, "ip saddr " + other.address());
    drop(other, "ip saddr " + one.address());
  }

  @Override
  public void isolate(ClusterNode node) {
    drop(node, "iifname eth0");
    namespaces.forEach(
        (address, namespace) -> {
          if (!address.equals(node.address())) {
            on(entry(address), "nft", rule("ip saddr " + node.address()));
          }
        });
    on(List.of(), "nft", rule("ip saddr " + node.address()));
  }

  @Override
  public void lose(ClusterNode node, double share) {
    long ofThousand = Math.round(share * 1000);
    if (ofThousand < 1 || ofThousand > 1000) {
      throw new IllegalArgumentException("a share between 0.001 and 1 can be lost, not " + share);
    }
    drop(node, "iifname eth0 numgen random mod 1000 <= " + (ofThousand - 1));
  }

  @Override
  public void limit(ClusterNode node, long bytesPerSecond) {
    on(
        entry(node.address()),
        "tc",
        "qdisc",
        "replace",
        "dev",
        "eth0",
        "root",
        "tbf",
        "rate",
        String.format(Locale.ROOT, "%dbps", bytesPerSecond),
        "burst",
        "64kb",
        "latency",
        "2s");
  }

  @Override
  public void heal() {
    on(List.of(), "nft", "flush chain " + CHAIN);
    for (String address : namespaces.keySet()) {
      on(entry(address), "nft", "flush chain " + CHAIN);
      if (on(entry(address), "tc", "qdisc", "show", "dev", "eth0").contains("tbf")) {
        on(entry(address), "tc", "qdisc", "delete", "dev", "eth0", "root");
      }
    }
  }

  private void drop(ClusterNode node, String match) {
    on(entry(node.address()), "nft", rule(match));
  }

  private static String rule(String match) {
    return "add rule " + CHAIN + " " + match + " drop";
  }

  private List<String> entry(String address) {
    String namespace = namespaces.get(address);
    if (namespace == null) {
      throw new IllegalArgumentException("no host of this run has address " + address);
    }
    return List.of("nsenter", "--net=/run/netns/" + namespace);
  }

  private static String on(List<String> entry, String... command) {
    List<String> words = new ArrayList<>(entry);
    words.addAll(List.of(command));
    return Shell.run(words);
  }

  @Override
  public void close() {
    for (String namespace : made) {
      Shell.works("ip", "netns", "delete", namespace);
    }
    made.clear();
    Shell.works("ip", "link", "delete", BRIDGE);
  }
}
