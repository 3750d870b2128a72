package io.embeddingexport.cli.trial;

import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.event.Event;
import io.embeddingexport.event.EventTensors.DecodedTensors;
import io.embeddingexport.event.MappedTensors;
import java.util.ArrayList;
import java.util.List;

/**
 * A tensor of an event.
 *
 * @param name {@code tensor_N} for the one at position N of an event whose tensors have no names
 */
public record NamedTensor(String name, Tensor tensor) {

  /**
   * The tensors of an event, in its order.
   *
   * @param event decoded without {@link io.embeddingexport.event.KnownModels}, so that none is
   *     passed through
   */
  public static List<NamedTensor> of(Event event) {
    DecodedTensors decoded =
        event.tensors() instanceof MappedTensors mapped
            ? mapped.decoded()
            : (DecodedTensors) event.tensors();
    List<NamedTensor> tensors = new ArrayList<>();
    for (Tensor tensor : decoded.tensors()) {
      int i = tensors.size();
      tensors.add(
          new NamedTensor(decoded.names() == null ? "tensor_" + i : decoded.names()[i], tensor));
    }
    return tensors;
  }

  /** Whether the tensors of an event have no names. */
  static boolean areByPosition(Event event) {
    return event.tensors() instanceof DecodedTensors decoded && decoded.names() == null;
  }
}
