package io.embeddingexport.cli.samples;

import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.event.EventFormat;
import java.util.Map;

/** Turns events into messages. Not thread-safe. */
public interface SampleMessages {

  /**
   * The message of an event.
   *
   * @param eventTimeMillis since the epoch
   * @throws CommandException if the event cannot have the form of the messages
   */
  SampleMessage write(SampleEvent event, long eventTimeMillis) throws CommandException;

  /** Messages in our own form: THRIFT or JSON. */
  static SampleMessages of(EventFormat ownForm) {
    SampleFormat format = SampleFormat.of(ownForm);
    return (event, millis) -> new SampleMessage(event.key(), format.write(event, millis), Map.of());
  }
}
