package io.embeddingexport.chaos.cluster;

/** What can be done to the wires between the hosts. Everything lasts until {@link #heal()}. */
public interface Network {
  /** No packet passes between two hosts, in either direction; neither learns of it. */
  void cut(ClusterNode one, ClusterNode other);

  /** No packet passes between a host and any other, the test's own included. */
  void isolate(ClusterNode node);

  /**
   * Loses packets that come to a host.
   *
   * @param share of all packets, between 0 and 1
   */
  void lose(ClusterNode node, double share);

  /**
   * Lets a host send no more than so many bytes a second.
   *
   * @param bytesPerSecond at least 1,000
   */
  void limit(ClusterNode node, long bytesPerSecond);

  /** All wires are as they were. Does nothing if they are. */
  void heal();
}
