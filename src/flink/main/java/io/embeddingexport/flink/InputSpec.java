package io.embeddingexport.flink;

import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.input.EventInputs;
import io.embeddingexport.event.input.InputText;
import io.embeddingexport.event.input.InvalidInputException;
import io.embeddingexport.event.registry.RegistryListener;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;

/** An input's description in the form that Flink sends to tasks. Immutable. */
final class InputSpec implements Serializable {
  private static final long serialVersionUID = 1;

  private final String source;
  private final byte[] text;
  private final HashMap<String, byte[]> files;

  private InputSpec(InputText input) {
    this.source = input.source();
    this.text = input.text();
    this.files = new HashMap<>(input.files());
  }

  /**
   * The specs of these inputs.
   *
   * @throws IllegalArgumentException if one is invalid
   */
  static InputSpec[] of(List<InputText> inputs) {
    try {
      EventInputs.newDecoder(inputs, RegistryListener.NONE);
    } catch (InvalidInputException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    return inputs.stream().map(InputSpec::new).toArray(InputSpec[]::new);
  }

  /** A decoder of all, for a task. */
  static EventDecoder newDecoder(InputSpec[] inputs, RegistryListener listener)
      throws InvalidInputException {
    return EventInputs.newDecoder(
        Stream.of(inputs)
            .map(input -> new InputText(input.source, input.text, input.files))
            .toList(),
        listener);
  }
}
