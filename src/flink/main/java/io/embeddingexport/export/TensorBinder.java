package io.embeddingexport.export;

import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.datarecord.wire.TensorLayout;
import io.embeddingexport.event.EventTensors.DecodedTensors;
import io.embeddingexport.event.MappedTensors;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.keys.KeySpec;
import io.embeddingexport.text.SafeText;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts an event's tensors in the order of a key config. Reused; not thread-safe. */
final class TensorBinder {
  private @Nullable Tensor[] scratch = {};
  private @Nullable Tensor[] tensors = scratch;

  /** The position of each bound tensor's key. */
  private int[] order = {};

  /** The round of {@link #bind} that last took each position. */
  private int[] takenIn = {};

  private int round;

  /**
   * The tensor of each key at its position, after a successful {@link #place}; null if an optional
   * one is missing. May be longer than the key config.
   */
  @Nullable Tensor[] tensors() {
    return tensors;
  }

  /**
   * Finds the key of each of the event's tensors. False if they are not just what the config's
   * fixed layout takes: then they must be decoded and {@linkplain #place placed}, which also says
   * what is wrong with them.
   */
  boolean bind(MappedTensors given, CompiledKeyConfig config) {
    TensorLayout layout = config.byName();
    int count = given.size();
    if (layout == null || count != config.specs().length) {
      return false;
    }
    if (order.length < count) {
      order = new int[count];
      takenIn = new int[count];
    }
    round++;
    for (int i = 0; i < count; i++) {
      int position = position(i, given.name(i), config);
      if (position < 0
          || takenIn[position] == round
          || !given.isPayload(i, config.specs()[position].dataType())
          || !layout.accepts(position, given.payload(i), given.from(i), given.length(i))) {
        return false;
      }
      order[i] = position;
      takenIn[position] = round;
    }
    return true;
  }

  /** The record of tensors that are {@linkplain #bind bound}. */
  byte[] write(MappedTensors given, long[] discreteValues, CompiledKeyConfig config) {
    TensorLayout layout = Objects.requireNonNull(config.byName());
    byte[] record = layout.newRecord(discreteValues);
    for (int i = 0; i < given.size(); i++) {
      layout.put(record, order[i], given.payload(i), given.from(i));
    }
    return record;
  }

  /** Places the event's tensors; null on success. */
  @Nullable Rejected place(DecodedTensors given, CompiledKeyConfig config) {
    return given.names() == null
        ? byPosition(given.tensors(), config)
        : byName(given.tensors(), given.names(), config);
  }

  private @Nullable Rejected byPosition(Tensor[] given, CompiledKeyConfig config) {
    if (given.length != config.specs().length) {
      return config.reject(
          RejectReason.ARITY,
          "the event has "
              + given.length
              + " tensors by position, but "
              + config.title()
              + " has "
              + config.specs().length
              + " keys; send one for each, or send them by name");
    }
    tensors = given;
    return null;
  }

  private @Nullable Rejected byName(Tensor[] given, String[] names, CompiledKeyConfig config) {
    KeySpec[] specs = config.specs();
    if (scratch.length < specs.length) {
      scratch = new Tensor[specs.length];
    } else {
      Arrays.fill(scratch, null);
    }
    tensors = scratch;
    for (int i = 0; i < given.length; i++) {
      int position = position(i, names[i], config);
      if (position < 0) {
        return config.reject(
            RejectReason.UNKNOWN_NAME,
            "the event's tensor "
                + SafeText.quoted(names[i])
                + " has no key in "
                + config.title()
                + "; correct the name, or add it to a new version");
      }
      if (scratch[position] != null) {
        return config.reject(
            RejectReason.DUPLICATE_NAME,
            "the event has " + config.tensorTitle(position) + " twice; send it once");
      }
      scratch[position] = given[i];
    }
    if (given.length < specs.length) {
      return requireAll(config);
    }
    return null;
  }

  /** Events mostly name their tensors in the key config's order, which needs no lookup. */
  private static int position(int index, String name, CompiledKeyConfig config) {
    KeySpec[] specs = config.specs();
    if (index < specs.length && specs[index].name().equals(name)) {
      return index;
    }
    Integer position = config.positions().get(name);
    return position == null ? -1 : position;
  }

  private @Nullable Rejected requireAll(CompiledKeyConfig config) {
    for (int i = 0; i < config.specs().length; i++) {
      if (scratch[i] == null && !config.specs()[i].optional()) {
        return config.reject(
            RejectReason.MISSING_NAME,
            "the event has no "
                + config.tensorTitle(i)
                + ", which "
                + config.title()
                + " requires; send it, or make its key optional");
      }
    }
    return null;
  }
}
