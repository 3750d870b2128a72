package io.embeddingexport.event;

import io.embeddingexport.datarecord.TensorLayout;
import org.jspecify.annotations.Nullable;

/** Knows how the tensors of a model's events stand if they need not be decoded. */
public interface TensorLayouts {
  /** Knows none: all tensors are decoded. */
  TensorLayouts NONE =
      new TensorLayouts() {
        @Override
        public @Nullable TensorLayout byPosition(String model) {
          return null;
        }

        @Override
        public @Nullable TensorLayout byName(String model) {
          return null;
        }
      };

  /** Of a list of tensors; null if they must be decoded. */
  @Nullable TensorLayout byPosition(String model);

  /** Of a map of tensors by name, in the order of the key config; null if they must be decoded. */
  @Nullable TensorLayout byName(String model);
}
