package io.embeddingexport.kafka.keyconfig;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Topics and the number of their partitions. Keeps what it was asked. */
final class FakeTopics implements OutputTopicCheck.Lookup {
  final Map<String, Integer> partitions;
  final List<Set<String>> asked = new ArrayList<>();

  FakeTopics(Map<String, Integer> partitions) {
    this.partitions = new HashMap<>(partitions);
  }

  @Override
  public Set<String> missing(Collection<String> names) {
    asked.add(Set.copyOf(names));
    Set<String> missing = new HashSet<>(names);
    missing.removeAll(partitions.keySet());
    return missing;
  }

  @Override
  public Map<String, Integer> partitions(Collection<String> names) {
    asked.add(Set.copyOf(names));
    Map<String, Integer> found = new HashMap<>(partitions);
    found.keySet().retainAll(names);
    return found;
  }
}
