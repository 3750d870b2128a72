package io.embeddingexport.event.plan;

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
    super(
        source
            + (problems.size() == 1 ? ": " : ": " + problems.size() + " problems: ")
            + String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** Every problem, one sentence each. */
  public List<String> problems() {
    return problems;
  }
}
