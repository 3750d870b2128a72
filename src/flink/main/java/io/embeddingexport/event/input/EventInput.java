package io.embeddingexport.event.input;

import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.input.SchemaSource.InRegistry;
import io.embeddingexport.event.mapping.EventMapping;
import io.embeddingexport.event.registry.RegistryListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * How the events of an input are sent: their format, where their parts are, and where their schema
 * is. Immutable.
 *
 * @param topics the input is from; empty if its text names none
 * @param mapping where the parts are; null: in our own form
 * @param preset the form of a known producer; null: none
 * @param schema null if the format needs none
 */
@Internal
public record EventInput(
    List<String> topics,
    EventFormat format,
    @Nullable EventMapping mapping,
    @Nullable Preset preset,
    @Nullable SchemaSource schema) {

  /** Forms of events that other software sends. */
  public enum Preset {
    /** Change events of Debezium. */
    DEBEZIUM,
    /** Responses of a model server with the Open Inference Protocol: KServe v2. */
    KSERVE_V2
  }

  public EventInput {
    topics = List.copyOf(topics);
  }

  /** Events in our own form. */
  public static EventInput of(EventFormat format) {
    return new EventInput(List.of(), format, null, null, null);
  }

  /**
   * Reads an input's text, YAML or JSON; {@code docs/events.md} describes its form.
   *
   * @param source names the text in messages: a file
   * @throws InvalidInputException with every problem
   */
  public static EventInput parse(String source, byte[] text) throws InvalidInputException {
    return EventInputParser.read(source, text);
  }

  /** The same input, for a person who waits: a registry is asked for a short time only. */
  public EventInput withRegistryTimeout(Duration timeout) {
    return schema instanceof InRegistry registry
        ? new EventInput(
            topics,
            format,
            mapping,
            preset,
            new InRegistry(registry.settings().withTimeout(timeout)))
        : this;
  }

  /**
   * A decoder for one thread.
   *
   * @param files the schema's file by the name that the text has, if the schema is in one
   * @param listener learns what a registry is asked
   * @throws InvalidInputException if the schema cannot be read, or lacks what the mapping names
   */
  public EventDecoder newDecoder(Map<String, byte[]> files, RegistryListener listener)
      throws InvalidInputException {
    return new DecoderFactory(this, files, listener).newDecoder();
  }

  /**
   * A decoder of an input without a schema, for one thread.
   *
   * @throws IllegalStateException if the input has a schema, or is of KServe
   */
  public EventDecoder newDecoder() {
    if (schema != null || preset == Preset.KSERVE_V2) {
      throw new IllegalStateException(
          "the input has a schema, or is of KServe; call newDecoder with files and a listener");
    }
    return DecoderFactory.withoutSchema(this);
  }
}
