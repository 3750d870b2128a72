package io.embeddingexport.cli.keys;

import io.embeddingexport.keys.Nearest;
import io.embeddingexport.keys.Quoted;

/** Says that a topic says nothing of a model, and which may have been meant. */
final class UnknownModel {
  static String text(String model, TopicContents contents, String topic) {
    return "topic '"
        + topic
        + "' has no model "
        + Quoted.of(model)
        + (contents.models().isEmpty()
            ? ", and no other"
            : Nearest.hint(
                model,
                contents.models().stream().map(standing -> standing.entry().model()).toList()));
  }

  private UnknownModel() {}
}
