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

  /** A model, and how the tensors of its events stand if they need not be decoded. */
  interface KnownModel {
    String name();

    /** Of a list of tensors; null if they must be decoded. */
    @Nullable TensorLayout byPosition();

    /** Of a map of tensors by name, in the key config's order; null if they must be decoded. */
    @Nullable TensorLayout byName();
  }
}
