package io.embeddingexport.datarecord;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Reads with a selection, and what they must be equal to. */
final class Selections {
  /** An id that no golden record has. */
  private static final long ABSENT = 17;

  private Selections() {}

  /** Some features of the record, one of a kind; of no record, an absent one. */
  static FeatureSelection someOf(@Nullable DataRecordView record, int size) {
    if (record == null) {
      return FeatureSelection.of(ABSENT);
    }
    return FeatureSelection.of(
        LongStream.of(
                last(record.binaryFeatures()),
                last(record.stringFeatures().keySet()),
                last(record.sparseBinaryFeatures().keySet()),
                last(record.blobFeatures().keySet()),
                last(record.tensors().keySet()),
                last(record.sparseTensors().keySet()))
            .limit(size)
            .toArray());
  }

  private static long last(Iterable<Long> ids) {
    long last = ABSENT;
    for (long id : ids) {
      last = id;
    }
    return last;
  }

  static DataRecordView read(byte[] bytes, FeatureSelection selection) {
    try {
      return DataRecordReader.read(bytes, selection);
    } catch (MalformedRecordException e) {
      throw new AssertionError(e);
    }
  }

  /** Reason and message, which has the offset; empty if it is read. */
  static String refusal(byte[] bytes, FeatureSelection selection) {
    try {
      DataRecordReader.read(bytes, selection);
      return "";
    } catch (MalformedRecordException e) {
      return e.reason() + " " + e.getMessage();
    }
  }

  /** The record without the other features. */
  static DataRecordView only(DataRecordView record, FeatureSelection selection) {
    return new DataRecordView(
        record.binaryFeatures().stream().filter(selection::has).collect(Collectors.toSet()),
        only(record.continuousFeatures(), selection),
        only(record.discreteFeatures(), selection),
        only(record.stringFeatures(), selection),
        only(record.sparseBinaryFeatures(), selection),
        only(record.sparseContinuousFeatures(), selection),
        only(record.blobFeatures(), selection),
        only(record.tensors(), selection),
        only(record.sparseTensors(), selection));
  }

  private static <V> Map<Long, V> only(Map<Long, V> features, FeatureSelection selection) {
    Map<Long, V> selected = new LinkedHashMap<>(features);
    selected.keySet().removeIf(id -> !selection.has(id));
    return selected;
  }
}
