package io.embeddingexport.cli.keys;

import io.embeddingexport.text.SafeText;
import io.embeddingexport.text.Suggestion;

/** Says that a topic says nothing of a model, and which may have been meant. */
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
