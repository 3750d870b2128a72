package io.embeddingexport.cli.demo;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.TensorEncoding;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A model of the demo: its key configs, with fixed shapes of raw floats only.
 *
 * @param first in force from the start
 * @param next replaces it half way; null: no change
 */
record DemoModel(KeyConfig first, @Nullable KeyConfig next) {

  /**
   * @throws IllegalArgumentException if a key is not raw FLOAT of a fixed shape, or an event by
   *     name that fits {@code first} would not fit {@code next}
   */
  DemoModel {
    first.keys().forEach(DemoModel::requireRawFloat);
    if (next != null) {
      next.keys().forEach(DemoModel::requireRawFloat);
      requireSuccessor(first, next);
    }
  }

  /** A model with an unchanging key config. */
  static DemoModel of(KeyConfig config) {
    return new DemoModel(config, null);
  }

  private static void requireRawFloat(KeySpec key) {
    if (key.dataType() != DataType.FLOAT
        || key.encoding() != TensorEncoding.RAW
        || !key.shape().isFixed()) {
      throw new IllegalArgumentException(
          "the demo's key '" + key.name() + "' must be raw FLOAT of a fixed shape, is " + key);
    }
  }

  private static void requireSuccessor(KeyConfig first, KeyConfig next) {
    boolean addsOnlyOptional =
        next.keys().stream().allMatch(key -> key.optional() || first.keys().contains(key));
    if (!next.model().equals(first.model())
        || next.version() <= first.version()
        || !next.keys().containsAll(first.keys())
        || !addsOnlyOptional) {
      throw new IllegalArgumentException(
          "the demo's key config %s may add optional keys to %s, and must have a greater version"
              .formatted(next, first));
    }
  }

  String name() {
    return first.model();
  }

  /** Whether its key config changes half way. */
  boolean changes() {
    return next != null;
  }

  /** The last key config in force. */
  KeyConfig last() {
    return next == null ? first : next;
  }

  /** The extra parts of {@code next}'s records compared with {@code first}'s, in words. */
  List<String> additions() {
    List<String> additions = new ArrayList<>();
    for (KeySpec key : last().keys()) {
      if (!first.keys().contains(key)) {
        additions.add(
            "tensor %s (%s %s)"
                .formatted(
                    key.name(),
                    key.dataType().name().toLowerCase(Locale.ROOT),
                    Arrays.toString(key.shape().toArray())));
      }
    }
    if (last().eventTimeKey() != null && first.eventTimeKey() == null) {
      additions.add("the event time");
    }
    return additions;
  }

  /** Whether a NaN in the first tensor is refused. */
  boolean rejectsNonFinite() {
    return first.keys().get(0).nonFinite() == KeySpec.NonFinite.REJECT;
  }
}
