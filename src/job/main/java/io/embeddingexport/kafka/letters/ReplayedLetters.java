package io.embeddingexport.kafka.letters;

import io.embeddingexport.flink.LetterInputs;
import io.embeddingexport.flink.types.Envelope;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of the dead letters that a replay is to decide again: those that pass a filter, and
 * were events. Whatever else is on the topic is left there.
 */
public final class ReplayedLetters implements LetterInputs {
  private static final long serialVersionUID = 1;

  private final LetterFilter filter;

  public ReplayedLetters(LetterFilter filter) {
    this.filter = filter;
  }

  @Override
  public @Nullable LetterInput of(Envelope message) {
    DeadLetter letter = DeadLetter.of(message);
    return letter != null && letter.isEvent() && filter.passes(letter)
        ? new LetterInput(letter.input(), letter.item())
        : null;
  }
}
