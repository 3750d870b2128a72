package io.embeddingexport.event.plan;

import io.embeddingexport.text.ProblemText;
import java.util.List;

/** A schema that is none, or that does not have what a mapping asks for, with all its problems. */
public final class InvalidSchemaException extends Exception {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // List.copyOf's lists are serializable.
  private final List<String> problems;

  /**
   * @param source names the schema
   * @param problems one sentence each, with the remedy; at least one
   */
  public InvalidSchemaException(String source, List<String> problems) {
    super(ProblemText.of(source, problems));
    this.problems = List.copyOf(problems);
  }

  /** Every problem, one sentence each. */
  public List<String> problems() {
    return problems;
  }
}
