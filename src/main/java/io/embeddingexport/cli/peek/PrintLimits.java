package io.embeddingexport.cli.peek;

/**
 * How much is printed of what is long.
 *
 * @param elements of an array
 * @param bytes of a value or blob
 */
public record PrintLimits(int elements, int bytes) {
  /** Prints all. */
  public static final PrintLimits NONE = new PrintLimits(Integer.MAX_VALUE, Integer.MAX_VALUE);
}
