package io.embeddingexport.chaos.cluster;

import java.nio.file.Path;
import java.util.List;

/**
 * One process of the system under test and the host it runs on. It can be started again and again.
 */
public interface ClusterNode {
  /** {@code broker-1}, {@code zookeeper}, {@code jobmanager-2}, {@code taskmanager-3}. */
  String name();

  Role role();

  /** The host's IP address. */
  String address();

  /** Starts the process and returns at once; does nothing if it runs. */
  void start();

  /** Waits until it serves, 2 minutes at most. */
  void awaitReady();

  /** {@code kill -9}, and waits for its end; does nothing if it does not run. */
  void kill();

  /** {@code kill -TERM}, and waits for its end; {@code kill -9} after a minute. */
  void stop();

  /** {@code kill -STOP}: it stands still, and its connections stay open. */
  void freeze();

  /** {@code kill -CONT}. */
  void thaw();

  boolean isRunning();

  /** What the process has printed, over all its starts. */
  Path log();

  /** The end of {@link #log()}. */
  List<String> lastLines(int count);
}
