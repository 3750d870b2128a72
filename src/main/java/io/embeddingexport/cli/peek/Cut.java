package io.embeddingexport.cli.peek;

/**
 * How much is printed of what is long.
 *
 * @param elements of an array
 * @param bytes of a value or blob
 */
public record Cut(int elements, int bytes) {
  /** Prints all. */
  public static final Cut NONE = new Cut(Integer.MAX_VALUE, Integer.MAX_VALUE);
}
