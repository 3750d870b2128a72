package io.embeddingexport.keys;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.PublicEvolving;

/** An invalid key config, with all its problems. */
@PublicEvolving
public final class InvalidKeyConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  /** No one reads more, and 1 MiB of text can have very many. */
  private static final int MOST = 100;

  @SuppressWarnings("serial") // List.copyOf's lists are serializable.
  private final List<String> problems;

  InvalidKeyConfigException(String source, List<String> problems) {
    super(
        source
            + (problems.size() == 1 ? ": " : ": " + problems.size() + " problems: ")
            + String.join("; ", shortened(problems)));
    this.problems = shortened(problems);
  }

  private static List<String> shortened(List<String> problems) {
    if (problems.size() <= MOST) {
      return List.copyOf(problems);
    }
    List<String> first = new ArrayList<>(problems.subList(0, MOST));
    first.add("and " + (problems.size() - MOST) + " more");
    return List.copyOf(first);
  }

  /**
   * Every problem in text order, one sentence each: line, path ({@code keys[3].shape}), value and
   * remedy. After the first 100, the number of the rest.
   */
  public List<String> problems() {
    return problems;
  }
}
