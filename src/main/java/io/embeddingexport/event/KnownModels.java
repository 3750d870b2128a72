package io.embeddingexport.event;

import io.embeddingexport.datarecord.TensorLayout;
import org.jspecify.annotations.Nullable;

/** Finds what is known of a model before its event is decoded. */
@FunctionalInterface
public interface KnownModels {
  /** Knows none: all tensors are decoded. */
  KnownModels NONE = (bytes, from, to) -> null;

  /**
   * The model whose name is those bytes of UTF-8; null if it is not known.
   *
   * @param from first byte of the name
   * @param to behind its last
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
