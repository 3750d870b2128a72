package io.embeddingexport.event;

import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.datarecord.wire.TensorLayout;
import io.embeddingexport.event.EventTensors.DecodedTensors;
import io.embeddingexport.event.EventTensors.PassThroughTensors;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The tensors of an event. */
public sealed interface EventTensors permits DecodedTensors, PassThroughTensors, MappedTensors {

  /**
   * Decoded tensors, which may be views of the event's bytes; the arrays must not be changed.
   *
   * @param names the tensors' names; null if they are given by position
   */
  @SuppressWarnings("ArrayRecordComponent") // the hot path; never compared
  record DecodedTensors(Tensor[] tensors, String @Nullable [] names) implements EventTensors {
    /** Types and shapes; never the elements. */
    @Override
    public String toString() {
      return Arrays.toString(tensors);
    }
  }

  /**
   * Tensors whose bytes already match the model's key config. They are not decoded.
   *
   * @param layout the layout they match
   * @param from offset of the first
   */
  @SuppressWarnings("ArrayRecordComponent") // the hot path; never compared
  record PassThroughTensors(TensorLayout layout, byte[] event, int from) implements EventTensors {
    @Override
    public String toString() {
      return layout.tensorCount() + " as in the key config";
    }
  }
}
