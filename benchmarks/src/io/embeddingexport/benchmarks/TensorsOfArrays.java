package io.embeddingexport.benchmarks;

import io.embeddingexport.datarecord.Tensor;
import java.util.List;

/** Tensors of Java arrays, as a Flink job of one's own has them. */
record TensorsOfArrays(List<Maker> makers) {
  interface Maker {
    Tensor make();
  }

  Tensor[] make() {
    Tensor[] tensors = new Tensor[makers.size()];
    for (int i = 0; i < tensors.length; i++) {
      tensors[i] = makers.get(i).make();
    }
    return tensors;
  }
}
