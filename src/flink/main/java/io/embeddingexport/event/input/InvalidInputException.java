package io.embeddingexport.event.input;

import io.embeddingexport.text.ProblemText;
import java.util.List;
import org.apache.flink.annotation.PublicEvolving;

/** An invalid description of an input, with all its problems. */
@PublicEvolving
public final class InvalidInputException extends Exception {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // List.copyOf's lists are serializable.
  private final List<String> problems;

  InvalidInputException(String source, List<String> problems) {
    super(ProblemText.of(source, problems));
    this.problems = List.copyOf(problems);
  }

  /** Every problem in text order, one sentence each: line, path, value and remedy. */
  public List<String> problems() {
    return problems;
  }
}
