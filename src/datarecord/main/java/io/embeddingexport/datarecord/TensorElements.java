package io.embeddingexport.datarecord;

import io.embeddingexport.datarecord.wire.FiniteCheck;
import io.embeddingexport.datarecord.wire.ThriftWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The elements of tensors as Java's arrays, row-major, from any encoding. */
final class TensorElements {

  static void copyFloats(Tensor tensor, float[] target, int at) {
    require(tensor, tensor.dataType() == DataType.FLOAT, "floats");
    ByteBuffer content = tensor.content();
    if (tensor.encoding() == TensorEncoding.RAW) {
      content.asFloatBuffer().get(target, at, tensor.elementCount());
    } else {
      for (int i = 0; i < tensor.elementCount(); i++) {
        target[at + i] = (float) content.getDouble();
      }
    }
  }

  static double[] doubles(Tensor tensor) {
    require(tensor, tensor.dataType().isFloatingPoint(), "doubles");
    double[] elements = new double[tensor.elementCount()];
    ByteBuffer content = tensor.content();
    if (tensor.dataType() == DataType.FLOAT && tensor.encoding() == TensorEncoding.RAW) {
      for (int i = 0; i < elements.length; i++) {
        elements[i] = content.getFloat();
      }
    } else {
      content.asDoubleBuffer().get(elements);
    }
    return elements;
  }

  static int[] ints(Tensor tensor) {
    require(tensor, tensor.dataType() == DataType.INT32, "ints");
    int[] elements = new int[tensor.elementCount()];
    tensor.content().asIntBuffer().get(elements);
    return elements;
  }

  static long[] longs(Tensor tensor) {
    require(tensor, tensor.dataType() == DataType.INT64, "longs");
    long[] elements = new long[tensor.elementCount()];
    tensor.content().asLongBuffer().get(elements);
    return elements;
  }

  static byte[] bytes(Tensor tensor) {
    DataType type = tensor.dataType();
    require(tensor, type == DataType.UINT8 || type == DataType.BOOL, "bytes");
    int from = tensor.contentOffset();
    return Arrays.copyOfRange(tensor.bytes(), from, from + tensor.elementCount());
  }

  static boolean[] booleans(Tensor tensor) {
    require(tensor, tensor.dataType() == DataType.BOOL, "booleans");
    boolean[] elements = new boolean[tensor.elementCount()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = tensor.bytes()[tensor.contentOffset() + i] != 0;
    }
    return elements;
  }

  static List<Bytes> strings(Tensor tensor) {
    require(tensor, tensor.encoding() == TensorEncoding.STRING, "strings");
    List<Bytes> elements = new ArrayList<>(tensor.elementCount());
    int at = tensor.contentOffset();
    for (int i = 0; i < tensor.elementCount(); i++) {
      int length = ThriftWriter.getI32(tensor.bytes(), at);
      elements.add(Bytes.of(tensor.bytes(), at + 4, length));
      at += 4 + length;
    }
    return elements;
  }

  static int firstNonFinite(Tensor tensor) {
    if (!tensor.dataType().isFloatingPoint()) {
      return -1;
    }
    boolean floats = tensor.dataType() == DataType.FLOAT;
    int from = tensor.contentOffset();
    if (tensor.encoding() != TensorEncoding.RAW) {
      return FiniteCheck.firstInList(tensor.bytes(), from, tensor.elementCount(), floats);
    }
    return floats
        ? FiniteCheck.firstInFloats(tensor.bytes(), from, tensor.elementCount())
        : FiniteCheck.firstInDoubles(tensor.bytes(), from, tensor.elementCount());
  }

  private static void require(Tensor tensor, boolean possible, String elements) {
    if (!possible) {
      throw new IllegalStateException(tensor + " has no " + elements);
    }
  }

  private TensorElements() {}
}
