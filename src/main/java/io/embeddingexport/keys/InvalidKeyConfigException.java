package io.embeddingexport.keys;

import java.util.List;

/** A key config that is not valid, with everything that is wrong with it. */
public final class InvalidKeyConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // List.copyOf's lists are serializable.
  private final List<String> problems;

  InvalidKeyConfigException(String source, List<String> problems) {
    super(
        source
            + (problems.size() == 1 ? ": " : ": " + problems.size() + " problems: ")
            + String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /**
   * Every problem in the order of the text, one sentence each: line, path ({@code keys[3].shape}),
   * the value and what to do.
   */
  public List<String> problems() {
    return problems;
  }
}
