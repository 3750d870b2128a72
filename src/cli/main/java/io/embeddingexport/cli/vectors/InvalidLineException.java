package io.embeddingexport.cli.vectors;

import org.jspecify.annotations.Nullable;

/**
 * An input line that cannot be turned into output. Unchecked: each filter answers it in one place.
 */
public final class InvalidLineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String reason;
  private final boolean libtwmlText;

  private InvalidLineException(String message, @Nullable String reason, boolean libtwmlText) {
    super(message);
    this.reason = reason;
    this.libtwmlText = libtwmlText;
  }

  /** A line in another form than required. */
  static InvalidLineException of(String message) {
    return new InvalidLineException(message, null, false);
  }

  /** A line whose defect has a name. */
  static InvalidLineException of(String message, String reason) {
    return new InvalidLineException(message, reason, false);
  }

  /** The message of libtwml or its TensorFlow op for such input, word for word. */
  static InvalidLineException inLibtwmlsWords(String message) {
    return new InvalidLineException(message, null, true);
  }

  /** The name in kebab case; null if it has none. */
  @Nullable String reason() {
    return reason;
  }

  /** The message for line {@code number}. */
  String messageFor(long number) {
    return libtwmlText ? getMessage() : "line " + number + ": " + getMessage();
  }
}
