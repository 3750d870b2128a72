package io.embeddingexport.keys;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.annotation.PublicEvolving;
import org.jspecify.annotations.Nullable;

/**
 * Software that reads records, and does not take every tensor that a record can have. The rules are
 * from its source, in the public repository {@code twitter/the-algorithm}.
 */
@PublicEvolving
public enum ConsumerProfile {
  /**
   * The ranker Navi. It reads embeddings from FloatTensor only, and takes the first 200 elements:
   * any other tensor becomes zeros, and fewer elements end the process ({@code
   * navi/dr_transform/src/converter.rs}, {@code get_embedding_tensors}).
   */
  NAVI {
    @Override
    @Nullable String misfit(KeySpec spec) {
      if (spec.dataType() != DataType.FLOAT || !spec.encoding().isTyped()) {
        return "navi reads zeros from all but typed floats; write dtype: float and encoding: typed";
      }
      Shape shape = spec.shape();
      return shape.isFixed() && shape.fixedElementCount() == NAVI_ELEMENTS
          ? null
          : "navi takes exactly 200 elements: it fails with fewer, and cuts off more; write shape:"
              + " [200]";
    }
  },

  /**
   * The jobs that build nearest-neighbour indexes of embeddings. They read vectors of 32-bit floats
   * from RawTypedTensor, all of one length, and fail with any other tensor ({@code
   * getEmbeddingWithEntity}).
   */
  ANN {
    @Override
    @Nullable String misfit(KeySpec spec) {
      if (spec.dataType() != DataType.FLOAT || spec.encoding().isTyped()) {
        return "ann fails with all but raw floats; write dtype: float and encoding: raw";
      }
      return spec.shape().isFixed() && spec.shape().rank() == 1
          ? null
          : "ann takes vectors of one length; write a shape like [128]";
    }
  },

  /**
   * Batches in TensorFlow, by twml's operations that read a tensor. They need one type and shape of
   * a feature in all records of a batch.
   */
  TWML_BATCH {
    @Override
    @Nullable String misfit(KeySpec spec) {
      return spec.shape().isFixed()
          ? null
          : "twml-batch needs one shape in all records of a batch; write extents without -1";
    }
  };

  /** In the order of this file, for messages. */
  static final Map<String, ConsumerProfile> BY_LABEL = new LinkedHashMap<>();

  static {
    Arrays.stream(values()).forEach(profile -> BY_LABEL.put(profile.label(), profile));
  }

  private static final int NAVI_ELEMENTS = 200;

  /** Why it cannot read such a tensor, and what to do; null if it can. */
  abstract @Nullable String misfit(KeySpec spec);

  /** The name in key configs: {@code twml-batch}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
