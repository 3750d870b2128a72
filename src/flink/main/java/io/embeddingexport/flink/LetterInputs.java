package io.embeddingexport.flink;

import io.embeddingexport.flink.types.Envelope;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Turns dead letters back into the inputs that they were, as far as they are to be replayed. */
public interface LetterInputs extends Serializable {

  /**
   * The input of a letter.
   *
   * @param letter as read from the dead-letter topic
   * @return null if it is not to be replayed
   */
  @Nullable LetterInput of(Envelope letter);

  /**
   * An input that became a dead letter.
   *
   * @param input as it was read: its own headers, topic, partition, offset and timestamp
   * @param item that the letter is for, from 0; {@link
   *     io.embeddingexport.export.LetterOutcome#WHOLE} if it is for the whole input
   */
  record LetterInput(Envelope input, int item) {}
}
