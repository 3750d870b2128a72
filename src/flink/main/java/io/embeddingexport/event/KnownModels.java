package io.embeddingexport.event;

import io.embeddingexport.datarecord.wire.TensorLayout;
import org.jspecify.annotations.Nullable;

/** Looks up a model before its event is decoded. */
@FunctionalInterface
public interface KnownModels {
  /** Knows no models: all tensors are decoded. */
  KnownModels NONE = (bytes, from, to) -> null;

  /**
   * The model with this UTF-8 name; null if unknown.
   *
   * @param from first byte of the name
   * @param to end of the name, exclusive
   */
  @Nullable KnownModel find(byte[] bytes, int from, int to);

  /** A model, and the byte layout of tensors that need no decoding. */
  interface KnownModel {
    String name();

    /** Layout of a list of tensors; null if they must be decoded. */
    @Nullable TensorLayout byPosition();

    /** Layout of tensors by name, in the key config's order; null if they must be decoded. */
    @Nullable TensorLayout byName();
  }
}
