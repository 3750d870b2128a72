package io.embeddingexport.cli.proposal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.cli.trial.SeenEvent;
import io.embeddingexport.event.DecodeFailure;
import io.embeddingexport.event.DecodeResult;
import io.embeddingexport.event.DecodedItems;
import io.embeddingexport.event.Event;
import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.EventMessage;
import io.embeddingexport.event.KnownModels;
import io.embeddingexport.event.input.EventInput;
import io.embeddingexport.event.input.InvalidInputException;
import io.embeddingexport.event.registry.RegistryListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tries mappings on the same messages, by the job's decoder. */
final class Probe {
  /** A person waits. */
  static final Duration REGISTRY_TIMEOUT = Duration.ofSeconds(15);

  /** Takes what every message has, so that other parts can be tried without a tensor. */
  static final String ANY_TENSOR = "tensors: {any: {kafka: value, from: uint8}}\n";

  static final String ANY_MODEL = "model: {constant: m}\n";

  private final SentForm form;
  private final List<? extends EventMessage> messages;

  /**
   * @param messages with values
   */
  Probe(SentForm form, List<? extends EventMessage> messages) {
    this.form = form;
    this.messages = List.copyOf(messages);
  }

  /**
   * What the messages become.
   *
   * @param parts lines of a mapping, without format, preset and schema
   */
  Probed of(String parts) {
    EventDecoder decoder;
    try {
      decoder =
          EventInput.parse("the proposal", (form.head() + parts).getBytes(UTF_8))
              .withRegistryTimeout(REGISTRY_TIMEOUT)
              .newDecoder(form.files(), RegistryListener.NONE);
    } catch (InvalidInputException e) {
      return new Probed(List.of(), 0, messages.size(), e.problems().get(0));
    }
    Tally tally = new Tally();
    for (EventMessage message : messages) {
      tally.add(decoder.decode(message, KnownModels.NONE));
    }
    return new Probed(tally.events, tally.deletions, tally.failures, tally.problem);
  }

  private static final class Tally {
    private final List<SeenEvent> events = new ArrayList<>();
    private int deletions;
    private int failures;
    private @Nullable String problem;

    private void add(DecodeResult result) {
      if (result instanceof DecodedItems items) {
        items.items().forEach(this::add);
      } else if (result instanceof Event event) {
        events.add(SeenEvent.of(event));
      } else if (result instanceof DecodeFailure failure) {
        failures++;
        problem = problem == null ? failure.detail() : problem;
      } else {
        deletions++;
      }
    }
  }
}
