package io.embeddingexport.cli.proposal;

import io.embeddingexport.cli.trial.SeenEvent;
import io.embeddingexport.event.fields.FieldType.Leaf;
import io.embeddingexport.text.YamlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds what could name the model; the topic's name if nothing does. */
final class ModelChoice {
  private static final Set<String> NAMES =
      Set.of("model", "model_name", "modelname", "collection", "collection_name");

  private static final int MOST_MODELS = 20;

  private final Probe probe;
  private final String entityId;

  /**
   * @param entityId the line of the mapping
   */
  ModelChoice(Probe probe, String entityId) {
    this.probe = probe;
    this.entityId = entityId;
  }

  /**
   * @param isKserve whether responses name their model beside their outputs
   */
  MappingPart find(List<Candidate> fields, boolean isKserve, String topic) {
    List<String> paths = new ArrayList<>();
    if (isKserve) {
      paths.add("model_name");
    } else {
      fields.stream()
          .filter(field -> field.type() == Leaf.TEXT)
          .filter(field -> NAMES.contains(String.join("_", field.words())))
          .forEach(field -> paths.add(YamlText.of(field.path().toString())));
    }
    int needed = decoded(probe.of(entityId + Probe.ANY_MODEL + Probe.ANY_TENSOR));
    for (String path : paths) {
      Probed result = probe.of(entityId + "model: " + path + "\n" + Probe.ANY_TENSOR);
      long models = result.events().stream().map(SeenEvent::model).distinct().count();
      if (decoded(result) >= needed && models <= MOST_MODELS) {
        return new MappingPart("model: " + path + "\n", List.of());
      }
    }
    String last = topic.substring(topic.lastIndexOf('.') + 1);
    return new MappingPart(
        "model: {constant: " + YamlText.of(last.isEmpty() ? topic : last) + "}\n", List.of());
  }

  private static int decoded(Probed result) {
    return result.events().size() + result.deletions();
  }
}
