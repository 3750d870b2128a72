package io.embeddingexport.cli;

/** The message of a failed job's exception, in one line. */
final class FailureText {
  private static final String OURS = "io.embeddingexport.";

  /**
   * The first line of the outermost exception of this project's, which names what to do and speaks
   * for its causes; without one, of the root cause: what Flink wraps it in says less.
   */
  static String of(Throwable failure) {
    Throwable said = failure;
    while (!said.getClass().getName().startsWith(OURS) && said.getCause() != null) {
      said = said.getCause();
    }
    return said.getMessage() == null
        ? said.getClass().getName()
        : said.getMessage().lines().findFirst().orElse("");
  }

  private FailureText() {}
}
