package io.embeddingexport.job;

import java.util.List;

/** Job options that are not valid, with everything that is wrong with them. */
public final class InvalidOptionsException extends Exception {
  private static final long serialVersionUID = 1;

  @SuppressWarnings("serial") // List.copyOf's lists are serializable.
  private final List<String> problems;

  InvalidOptionsException(List<String> problems) {
    super(
        problems.size() == 1
            ? problems.get(0)
            : problems.size() + " problems:\n  " + String.join("\n  ", problems));
    this.problems = List.copyOf(problems);
  }

  /** Every problem, one sentence each: the option, its value, and what to do. */
  public List<String> problems() {
    return problems;
  }
}
