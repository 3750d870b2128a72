package io.embeddingexport.keys;

import io.embeddingexport.keys.KeyConfigChange.EntityIdFeatureChanged;
import io.embeddingexport.keys.KeyConfigChange.EntityTextFeatureChanged;
import io.embeddingexport.keys.KeyConfigChange.EventTimeFeatureChanged;
import io.embeddingexport.keys.KeyConfigChange.OutputTopicChanged;
import io.embeddingexport.keys.KeyConfigChange.Reordered;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The differences between two key configs of a model, except the version. A tensor is the same in
 * both if its name is the same, or if its key is and neither config has the other's name.
 */
public final class KeyConfigDifference {
  private final KeyConfig from;
  private final KeyConfig to;
  private final List<KeyConfigChange> changes = new ArrayList<>();

  /** Position in {@code to} of each tensor of {@code from} that both have. */
  private final Map<Integer, Integer> kept = new LinkedHashMap<>();

  private KeyConfigDifference(KeyConfig from, KeyConfig to) {
    this.from = from;
    this.to = to;
  }

  /** The changes that lead from one to the other: removals, additions, then the rest. */
  public static List<KeyConfigChange> between(KeyConfig from, KeyConfig to) {
    KeyConfigDifference difference = new KeyConfigDifference(from, to);
    difference.match();
    difference.removedAndAdded();
    difference.kept.forEach(
        (old, now) -> difference.compare(from.keys().get(old), to.keys().get(now)));
    difference.order();
    difference.compareTheRest();
    return List.copyOf(difference.changes);
  }

  private void match() {
    Map<String, Integer> byName = new HashMap<>();
    Map<Long, Integer> byKey = new HashMap<>();
    for (int i = 0; i < to.keys().size(); i++) {
      byName.put(to.keys().get(i).name(), i);
      byKey.put(to.keys().get(i).key(), i);
    }
    Set<String> oldNames = from.keys().stream().map(KeySpec::name).collect(Collectors.toSet());
    for (int i = 0; i < from.keys().size(); i++) {
      KeySpec spec = from.keys().get(i);
      Integer now = byName.get(spec.name());
      if (now == null) {
        now = byKey.get(spec.key());
        // A tensor that has this key now, but was there under its own name before, is another one.
        if (now != null && oldNames.contains(to.keys().get(now).name())) {
          now = null;
        }
      }
      if (now != null) {
        kept.put(i, now);
      }
    }
  }

  private void removedAndAdded() {
    for (int i = 0; i < from.keys().size(); i++) {
      if (!kept.containsKey(i)) {
        changes.add(new TensorChange.Removed(i, from.keys().get(i)));
      }
    }
    Set<Integer> places = Set.copyOf(kept.values());
    for (int i = 0; i < to.keys().size(); i++) {
      if (!places.contains(i)) {
        changes.add(new TensorChange.Added(i, to.keys().get(i)));
      }
    }
  }

  private void compare(KeySpec old, KeySpec now) {
    String name = now.name();
    if (!old.name().equals(name)) {
      changes.add(new TensorChange.Renamed(old.name(), name));
    }
    if (old.key() != now.key()) {
      changes.add(new TensorChange.Rekeyed(name, old.key(), now.key()));
    }
    if (old.dataType() != now.dataType()) {
      changes.add(new TensorChange.Retyped(name, old.dataType(), now.dataType()));
    }
    if (!old.shape().equals(now.shape())) {
      changes.add(new TensorChange.Reshaped(name, old.shape(), now.shape()));
    }
    if (old.encoding().isTyped() != now.encoding().isTyped()) {
      changes.add(new TensorChange.Reencoded(name, now.encoding().isTyped()));
    }
    if (old.optional() != now.optional()) {
      changes.add(new TensorChange.OptionalChanged(name, now.optional()));
    }
    if (old.nonFinite() != now.nonFinite()) {
      changes.add(new TensorChange.NonFiniteChanged(name, old.nonFinite(), now.nonFinite()));
    }
  }

  private void order() {
    List<Integer> places = List.copyOf(kept.values());
    List<Integer> sorted = places.stream().sorted(Comparator.naturalOrder()).toList();
    if (!places.equals(sorted)) {
      changes.add(new Reordered(names(places), names(sorted)));
    }
  }

  private List<String> names(List<Integer> places) {
    return places.stream().map(place -> to.keys().get(place).name()).toList();
  }

  private void compareTheRest() {
    if (!Objects.equals(from.entityIdKey(), to.entityIdKey())) {
      changes.add(new EntityIdFeatureChanged(from.entityIdKey(), to.entityIdKey()));
    }
    if (!Objects.equals(from.entityTextKey(), to.entityTextKey())) {
      changes.add(new EntityTextFeatureChanged(from.entityTextKey(), to.entityTextKey()));
    }
    if (!Objects.equals(from.eventTimeKey(), to.eventTimeKey())) {
      changes.add(new EventTimeFeatureChanged(from.eventTimeKey(), to.eventTimeKey()));
    }
    if (!Objects.equals(from.outputTopic(), to.outputTopic())) {
      changes.add(new OutputTopicChanged(from.outputTopic(), to.outputTopic()));
    }
  }
}
