package io.embeddingexport.chaos.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One ZooKeeper, which keeps who leads and where the newest checkpoint is. */
final class ZooKeeper {
  private static final String MAIN = "org.apache.zookeeper.server.quorum.QuorumPeerMain";

  private final String connect;
  private final ProcessNode node;

  ZooKeeper(Path home, Hosts hosts, Ports ports, JavaCommand java) throws IOException {
    Host host = hosts.create("zookeeper");
    int port = ports.next();
    Path directory = Files.createDirectories(home.resolve("zookeeper"));
    Path config =
        Files.writeString(
            directory.resolve("zoo.cfg"),
            """
            tickTime=1000
            dataDir=%s
            clientPort=%d
            clientPortAddress=%s
            admin.enableServer=false
            maxClientCnxns=0
            """
                .formatted(directory.resolve("data"), port, host.address()));
    connect = host.address() + ":" + port;
    node =
        new ProcessNode(
            "zookeeper",
            Role.ZOOKEEPER,
            host,
            directory,
            java.launch("-Xmx96m", "broker-log4j2.properties", MAIN, config.toString()),
            printed -> Ports.isListening(host.address(), port));
  }

  String connect() {
    return connect;
  }

  ProcessNode node() {
    return node;
  }
}
