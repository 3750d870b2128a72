package io.embeddingexport.event.plan;

import io.embeddingexport.event.mapping.FieldPath;
import io.embeddingexport.event.mapping.FieldPath.Field;
import io.embeddingexport.event.mapping.FieldPath.Index;
import io.embeddingexport.event.mapping.FieldPath.Step;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A node of the tree of a mapping's paths. A walk of an event follows it down and skips every value
 * that has no node. Immutable once built; thread-safe then.
 */
public final class PathTree {
  /** The value is only on the way to others. */
  public static final int NO_TARGET = -1;

  private final Map<String, PathTree> fields = new HashMap<>();
  private final Map<Integer, PathTree> items = new HashMap<>();
  private int target = NO_TARGET;

  void add(FieldPath path, int newTarget) {
    PathTree node = this;
    for (Step step : path.steps()) {
      node =
          step instanceof Field field
              ? node.fields.computeIfAbsent(field.name(), name -> new PathTree())
              : node.items.computeIfAbsent(((Index) step).index(), index -> new PathTree());
    }
    node.target = newTarget;
  }

  /** The node of a field; null if the mapping has none there. */
  public @Nullable PathTree field(String name) {
    return fields.get(name);
  }

  /** The names of the fields that have nodes. */
  public Set<String> fieldNames() {
    return fields.keySet();
  }

  /** The node of an element of a list, from 0; null if the mapping has none there. */
  public @Nullable PathTree item(int index) {
    return items.get(index);
  }

  /** The indexes of the elements that have nodes. */
  public Set<Integer> itemIndexes() {
    return items.keySet();
  }

  /** Whether the value is a list of which elements have nodes. */
  public boolean hasItems() {
    return !items.isEmpty();
  }

  /** What the value is, as {@link EventPlan} numbers it; {@link #NO_TARGET} if nothing. */
  public int target() {
    return target;
  }
}
