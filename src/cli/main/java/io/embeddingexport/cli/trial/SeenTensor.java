package io.embeddingexport.cli.trial;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.text.SafeText;
import java.util.Locale;

/**
 * A tensor of an event that was decoded. Immutable.
 *
 * @param name in the event; its position, if tensors are sent by position
 * @param shape as sent; a vector, if none was
 * @param isLikely whether its elements could be those of an embedding: finite, and neither huge nor
 *     tiny. Other bytes rarely are, read as floats
 */
public record SeenTensor(String name, DataType dataType, Shape shape, boolean isLikely) {
  private static final double HUGE = 1e6;
  private static final double TINY = 1e-12;

  static SeenTensor of(String name, Tensor tensor) {
    return new SeenTensor(name, tensor.dataType(), tensor.shape(), isLikely(tensor));
  }

  private static boolean isLikely(Tensor tensor) {
    if (tensor.dataType() != DataType.FLOAT) {
      return true;
    }
    for (float element : tensor.toFloats()) {
      double size = Math.abs(element);
      if (!(size == 0 || (size > TINY && size < HUGE))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return SafeText.of(name) + " " + dataType.name().toLowerCase(Locale.ROOT) + " " + shape;
  }
}
