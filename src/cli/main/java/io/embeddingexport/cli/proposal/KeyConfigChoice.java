package io.embeddingexport.cli.proposal;

import io.embeddingexport.cli.trial.SeenEvent;
import io.embeddingexport.cli.trial.SeenTensor;
import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.FeatureId;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.TensorEncoding;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeySpec;
import io.embeddingexport.keys.KeySpec.NonFinite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes key configs that fit events. */
final class KeyConfigChoice {

  /** One for each model, in the order of the events. */
  static List<KeyConfig> of(List<SeenEvent> events) {
    Map<String, List<SeenEvent>> byModel = new LinkedHashMap<>();
    for (SeenEvent event : events) {
      if (!event.tensors().isEmpty()) {
        byModel.computeIfAbsent(event.model(), model -> new ArrayList<>()).add(event);
      }
    }
    List<KeyConfig> configs = new ArrayList<>();
    byModel.forEach((model, own) -> configs.add(config(model, own)));
    return configs;
  }

  private static KeyConfig config(String model, List<SeenEvent> events) {
    List<SeenEvent> named = events.stream().filter(event -> !event.byPosition()).toList();
    // Tensors by position are those that other events name.
    List<SeenEvent> telling = named.isEmpty() ? events : named;
    Map<String, List<SeenTensor>> byName = new LinkedHashMap<>();
    for (SeenEvent event : telling) {
      for (SeenTensor tensor : event.tensors()) {
        byName.computeIfAbsent(tensor.name(), name -> new ArrayList<>()).add(tensor);
      }
    }
    List<KeySpec> keys = new ArrayList<>();
    Map<Long, String> features = new HashMap<>();
    byName.forEach(
        (name, tensors) -> {
          String feature = model + "." + name;
          long id = FeatureId.of(feature);
          DataType dataType = tensors.get(0).dataType();
          features.put(id, feature);
          keys.add(
              new KeySpec(
                  name,
                  id,
                  dataType,
                  shape(tensors),
                  TensorEncoding.standard(dataType),
                  tensors.size() < telling.size(),
                  NonFinite.ACCEPT));
        });
    long version = events.stream().mapToLong(SeenEvent::keyConfigVersion).max().orElse(1);
    return new KeyConfig(
        model, Math.max(1, version), keys, null, null, null, null, Set.of(), features);
  }

  /** Open where the events differ; of the first event's rank. */
  private static Shape shape(List<SeenTensor> tensors) {
    long[] dims = tensors.get(0).shape().toArray();
    for (SeenTensor tensor : tensors) {
      long[] other = tensor.shape().toArray();
      for (int i = 0; i < dims.length && dims.length == other.length; i++) {
        dims[i] = dims[i] == other[i] ? dims[i] : Shape.ANY;
      }
    }
    return Shape.of(dims);
  }

  private KeyConfigChoice() {}
}
