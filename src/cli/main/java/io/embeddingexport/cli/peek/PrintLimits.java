package io.embeddingexport.cli.peek;

/**
 * Limits for printing long values.
 *
 * @param elements of an array
 * @param bytes of a value or blob
 */
public record PrintLimits(int elements, int bytes) {
  /** Prints everything. */
  public static final PrintLimits NONE = new PrintLimits(Integer.MAX_VALUE, Integer.MAX_VALUE);
}
