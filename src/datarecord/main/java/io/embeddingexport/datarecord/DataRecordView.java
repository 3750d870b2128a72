package io.embeddingexport.datarecord;

import java.util.Collections;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a record: its nine fields, each in wire order, empty if absent. Blobs, strings
 * and tensors are views of the record's bytes. Unmodifiable; immutable as long as nobody changes
 * those bytes.
 *
 * @param binaryFeatures ids of the binary features that are set
 * @param continuousFeatures value by id
 * @param discreteFeatures value by id
 * @param stringFeatures text by id; usually UTF-8, but not necessarily
 * @param sparseBinaryFeatures set strings by id
 * @param sparseContinuousFeatures value by string, by id
 * @param blobFeatures bytes by id
 * @param tensors dense tensor by key; {@link #tensor} takes the key as a {@code long}, which the
 *     map's {@code get(7301)} does not: it looks for an {@code Integer}, and finds nothing
 * @param sparseTensors sparse tensor by key
 */
public record DataRecordView(
    Set<Long> binaryFeatures,
    Map<Long, Double> continuousFeatures,
    Map<Long, Long> discreteFeatures,
    Map<Long, Bytes> stringFeatures,
    Map<Long, Set<Bytes>> sparseBinaryFeatures,
    Map<Long, Map<Bytes, Double>> sparseContinuousFeatures,
    Map<Long, Bytes> blobFeatures,
    Map<Long, Tensor> tensors,
    Map<Long, SparseTensor> sparseTensors) {

  /** Wraps the given collections without copying them. */
  public DataRecordView {
    binaryFeatures =
        binaryFeatures.isEmpty() ? Set.of() : Collections.unmodifiableSet(binaryFeatures);
    continuousFeatures = unmodifiable(continuousFeatures);
    discreteFeatures = unmodifiable(discreteFeatures);
    stringFeatures = unmodifiable(stringFeatures);
    sparseBinaryFeatures = unmodifiable(sparseBinaryFeatures);
    sparseContinuousFeatures = unmodifiable(sparseContinuousFeatures);
    blobFeatures = unmodifiable(blobFeatures);
    tensors = unmodifiable(tensors);
    sparseTensors = unmodifiable(sparseTensors);
  }

  private static <V> Map<Long, V> unmodifiable(Map<Long, V> map) {
    return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(map);
  }

  /** The tensor under {@code key}, or null if the record has none. */
  public @Nullable Tensor tensor(long key) {
    return tensors.get(key);
  }

  /**
   * The elements of the FLOAT tensor under {@code key}, row-major; a typed one's are rounded.
   *
   * @throws NoSuchElementException if the record has no tensor under that key
   * @throws IllegalStateException if the tensor has another element type
   */
  public float[] floats(long key) {
    Tensor tensor = tensors.get(key);
    if (tensor == null) {
      throw new NoSuchElementException(
          "the record has no tensor under key " + key + "; its keys are " + tensors.keySet());
    }
    return tensor.toFloats();
  }

  /**
   * The elements of the FLOAT tensor that {@code names} call {@code name}.
   *
   * @throws NoSuchElementException if there is no such name, or the record has no such tensor
   * @throws IllegalStateException if the tensor has another element type
   */
  public float[] floats(String name, FeatureNames names) {
    return floats(names.id(name));
  }

  /** The number of features; none of their values. */
  @Override
  public String toString() {
    int features =
        binaryFeatures.size()
            + continuousFeatures.size()
            + discreteFeatures.size()
            + stringFeatures.size()
            + sparseBinaryFeatures.size()
            + sparseContinuousFeatures.size()
            + blobFeatures.size();
    return "record of "
        + features
        + " features, tensors "
        + tensors
        + ", "
        + sparseTensors.size()
        + " sparse tensors";
  }
}
