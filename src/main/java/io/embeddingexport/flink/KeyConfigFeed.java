package io.embeddingexport.flink;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The key configs that reach one operator instance: read in the background, taken by the task's
 * thread, which alone calls this.
 *
 * <p>What was there when the feed was opened comes as if it were compacted: of each model the
 * greatest version published, and after it the retirement if the model was retired since. What
 * comes later comes as it was sent. Messages that cannot be read come too, in either case.
 */
public interface KeyConfigFeed extends AutoCloseable {

  /**
   * The next message, null if there is none yet. Costs no more than a look at a field, since it is
   * called before every event.
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

  /** Stops following, and returns once every thread and connection of it has ended. */
  @Override
  void close() throws Exception;
}
