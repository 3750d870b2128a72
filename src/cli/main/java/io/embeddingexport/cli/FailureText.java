package io.embeddingexport.cli;

/** The message of a failed job's exception, in one line. */
final class FailureText {
  private static final String OURS = "io.embeddingexport.";

  /**
   * The first line of this project's outermost exception, which names the remedy and covers its
   * causes. Without one, that of the root cause: Flink's wrappers say less.
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
