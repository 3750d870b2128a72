package io.embeddingexport.table;

import java.lang.reflect.Array;
import org.apache.flink.table.data.GenericArrayData;

/** Flink's arrays of Java's arrays. */
final class Slices {

  /** A copy of {@code count} elements from index {@code from}. */
  static GenericArrayData of(Object elements, int from, int count) {
    Object slice = Array.newInstance(elements.getClass().getComponentType(), count);
    System.arraycopy(elements, from, slice, 0, count);
    return whole(slice);
  }

  /** All of {@code elements}, which is not copied. */
  static GenericArrayData whole(Object elements) {
    if (elements instanceof float[] floats) {
      return new GenericArrayData(floats);
    } else if (elements instanceof double[] doubles) {
      return new GenericArrayData(doubles);
    } else if (elements instanceof int[] ints) {
      return new GenericArrayData(ints);
    } else if (elements instanceof long[] longs) {
      return new GenericArrayData(longs);
    } else if (elements instanceof short[] shorts) {
      return new GenericArrayData(shorts);
    } else if (elements instanceof boolean[] booleans) {
      return new GenericArrayData(booleans);
    }
    return new GenericArrayData((Object[]) elements);
  }

  private Slices() {}
}
