package io.embeddingexport.flink;

import java.io.Serializable;
import org.apache.flink.annotation.PublicEvolving;

/**
 * The source of an operator instance's key configs while it runs. It travels from the client to the
 * tasks; every instance opens its own feed.
 */
@FunctionalInterface
@PublicEvolving
public interface KeyConfigSource extends Serializable {

  /**
   * Starts following the key configs, and returns once everything present at the call can be
   * polled. Called on the task's thread, before the first event.
   *
   * @param subtask index of the operator instance, from 0
   * @throws Exception if this does not succeed in time; the message names the action, the place and
   *     the remedy. The task fails: no event is decided without its key config.
   */
  KeyConfigFeed open(int subtask) throws Exception;
}
