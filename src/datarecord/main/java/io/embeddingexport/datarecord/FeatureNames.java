package io.embeddingexport.datarecord;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeSet;

/**
 * Feature ids by the names that a key config gives them. A record has only ids. Immutable and
 * thread-safe.
 *
 * @param ids feature id by name
 */
public record FeatureNames(Map<String, Long> ids) {

  /** Copies the map. */
  public FeatureNames {
    ids = Map.copyOf(ids);
  }

  /**
   * The feature id with that name.
   *
   * @throws NoSuchElementException if there is none; the message has the names
   */
  public long id(String name) {
    Long id = ids.get(name);
    if (id == null) {
      throw new NoSuchElementException(
          "no feature is named '" + name + "'; there are " + new TreeSet<>(ids.keySet()));
    }
    return id;
  }
}
