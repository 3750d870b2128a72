package io.embeddingexport.export;

import io.embeddingexport.datarecord.Tensor;

/**
 * Shows whether a tensor looks like an embedding.
 *
 * @param l2Norm Euclidean length; NaN and infinities are left out
 * @param nonFinite number of elements that are NaN or infinite
 * @param isZero whether every element is 0; true for a tensor without elements
 */
public record TensorStatistics(double l2Norm, int nonFinite, boolean isZero) {

  /**
   * Reads every element.
   *
   * @param tensor of FLOAT or DOUBLE
   * @throws IllegalStateException if it has another type
   */
  public static TensorStatistics of(Tensor tensor) {
    double squares = 0;
    int nonFinite = 0;
    boolean isZero = true;
    for (double element : tensor.toDoubles()) {
      if (Double.isFinite(element)) {
        squares += element * element;
        isZero &= element == 0;
      } else {
        nonFinite++;
        isZero = false;
      }
    }
    return new TensorStatistics(Math.sqrt(squares), nonFinite, isZero);
  }
}
