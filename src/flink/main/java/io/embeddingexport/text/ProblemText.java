package io.embeddingexport.text;

import java.util.List;

/** The message of an exception that names several problems. */
public final class ProblemText {

  /**
   * One line: the source, how many problems if there are several, and each of them.
   *
   * @param source names the text that has the problems
   */
  public static String of(String source, List<String> problems) {
    return source
        + (problems.size() == 1 ? ": " : ": " + problems.size() + " problems: ")
        + String.join("; ", problems);
  }

  private ProblemText() {}
}
