package io.embeddingexport.flink;

import java.io.Serializable;

/**
 * The source of an operator instance's key configs while it runs. Travels from the client to the
 * tasks; every instance opens its own feed.
 */
@FunctionalInterface
public interface KeyConfigSource extends Serializable {

  /**
   * Begins to follow the key configs, and returns once everything that was there at the call can be
   * polled. Called on the task's thread, before the first event.
   *
   * @param subtask index of the operator instance, from 0
   * @throws Exception if that does not succeed in good time; the message names what was tried,
   *     where, and what to do. The task fails: no event is decided without its key config.
   */
  KeyConfigFeed open(int subtask) throws Exception;
}
