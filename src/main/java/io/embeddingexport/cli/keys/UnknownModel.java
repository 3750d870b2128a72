package io.embeddingexport.cli.keys;

import io.embeddingexport.text.SafeText;
import io.embeddingexport.text.Suggestion;

/** Reports a model that is not on a topic, and suggests the intended one. */
final class UnknownModel {
  static String text(String model, TopicContents contents, String topic) {
    return "topic '"
        + topic
        + "' has no model "
        + SafeText.quoted(model)
        + (contents.models().isEmpty()
            ? ", and no other"
            : Suggestion.of(
                model,
                contents.models().stream().map(standing -> standing.entry().model()).toList()));
  }

  private UnknownModel() {}
}
