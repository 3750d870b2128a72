package io.embeddingexport.event.input;

import io.embeddingexport.event.DecodeFailure;
import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.registry.RegistryListener;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The inputs of a job together: each has its own topics, or one has all. */
public final class EventInputs {

  /**
   * A decoder of all, for one thread.
   *
   * @param inputs at least one; one without topics is alone
   * @param listener learns what registries are asked
   * @throws InvalidInputException with the problems of the first that is wrong
   */
  public static EventDecoder newDecoder(List<InputText> inputs, RegistryListener listener)
      throws InvalidInputException {
    Map<String, EventDecoder> byTopic = new HashMap<>();
    for (InputText text : inputs) {
      EventInput input = text.parse();
      EventDecoder decoder = input.newDecoder(text.files(), listener);
      if (input.topics().isEmpty()) {
        return decoder;
      }
      input.topics().forEach(topic -> byTopic.put(topic, decoder));
    }
    return (message, models) -> {
      EventDecoder decoder = byTopic.get(message.topic());
      return decoder == null
          ? new DecodeFailure(
              "no input is described for topic " + message.topic() + "; add it to a mapping")
          : decoder.decode(message, models);
    };
  }

  private EventInputs() {}
}
