package io.embeddingexport.chaos.cluster;

import java.nio.file.Path;

/**
 * Where JobManagers and TaskManagers keep checkpoints, savepoints and the metadata of high
 * availability: a file system of its own, so that it can be full or gone.
 */
public interface CheckpointDisk {
  Path path();

  /** Not a byte more can be written. */
  void fill();

  /** Reading works, writing does not. */
  void makeReadOnly();

  /** Nothing is there, as if the mount were lost. */
  void takeAway();

  /** As it was, with everything that was on it. Does nothing if nothing was done. */
  void repair();
}
