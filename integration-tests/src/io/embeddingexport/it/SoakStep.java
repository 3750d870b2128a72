package io.embeddingexport.it;

import java.util.List;

/**
 * One step of the soak test: events, then a key config, what else is said on its topic, a fault.
 *
 * @param config the version to publish
 * @param isNews whether it is greater than all published of its model before; some events of the
 *     step are then pinned to it, and wait
 * @param awaitsWait whether it is published only once an instance stands still for it
 * @param noise what is sent to the config topic after it
 */
record SoakStep(
    SoakConfig config, boolean isNews, boolean awaitsWait, List<Noise> noise, Fault fault) {

  SoakStep {
    noise = List.copyOf(noise);
  }

  /** A message of the config topic that is no new version. */
  record Noise(Kind kind, SoakConfig config) {}

  enum Kind {
    /** A version published before, as it was: the same again, or an older one. */
    REPEAT,
    /** The present version with other content. */
    IMPOSTOR,
    /** A null value. */
    RETIRE,
    /** A config that is not valid. */
    INVALID,
    /** A valid config under another model's key. */
    WRONG_KEY,
    /** Bytes that are no text, under a key that is none either. */
    GARBAGE;

    boolean isRefused() {
      return this == INVALID || this == WRONG_KEY || this == GARBAGE;
    }
  }

  enum Fault {
    NONE,
    /** A TaskManager dies after the config is published. */
    KILL,
    /** A TaskManager dies while an instance stands still for the config. */
    KILL_WHILE_WAITING,
    /** The broker dies, and comes back. */
    KILL_BROKER
  }
}
