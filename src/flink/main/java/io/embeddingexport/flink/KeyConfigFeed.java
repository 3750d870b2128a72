package io.embeddingexport.flink;

import java.time.Duration;
import org.apache.flink.annotation.PublicEvolving;
import org.jspecify.annotations.Nullable;

/**
 * The key configs that reach one operator instance: read, parsed and compiled in the background,
 * taken by the task's thread, which alone calls this.
 *
 * <p>Messages present when the feed was opened arrive as if compacted: the greatest published
 * version of each model, then its retirement if the model was retired since. Later messages arrive
 * as sent. Unreadable messages arrive too, in both cases.
 */
@PublicEvolving
public interface KeyConfigFeed extends AutoCloseable {

  /**
   * The next message, null if there is none yet. Costs one field read, since it is called before
   * every event.
   *
   * @throws Exception if the feed has failed; the task fails with it
   */
  @Nullable ReceivedKeyConfig poll() throws Exception;

  /**
   * The next message, waiting for it if need be.
   *
   * @return null if none came in {@code timeout}
   * @throws Exception if the feed has failed
   */
  @Nullable ReceivedKeyConfig poll(Duration timeout) throws Exception;

  /** Stops following, and returns once all its threads and connections have ended. */
  @Override
  void close() throws Exception;
}
