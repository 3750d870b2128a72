package io.embeddingexport.datarecord;

import java.util.Collections;
import java.util.Map;
import java.util.Set;

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
 * @param tensors dense tensor by key
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
