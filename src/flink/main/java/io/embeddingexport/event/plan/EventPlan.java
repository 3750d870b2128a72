package io.embeddingexport.event.plan;

import io.embeddingexport.event.mapping.EventMapping;
import io.embeddingexport.event.mapping.EventMapping.AllIn;
import io.embeddingexport.event.mapping.EventMapping.Listed;
import io.embeddingexport.event.mapping.FieldPath;
import io.embeddingexport.event.mapping.TensorSource;
import io.embeddingexport.event.mapping.ValueSource;
import io.embeddingexport.event.mapping.ValueSource.AtPath;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A mapping, compiled: a number for each part of an event, its <em>target</em>, and the tree of the
 * paths that lead to them. Immutable and thread-safe.
 */
public final class EventPlan {
  public static final int ENTITY_ID = 0;
  public static final int MODEL = 1;
  public static final int EVENT_TIME = 2;
  public static final int KEY_CONFIG_VERSION = 3;

  /** What marks an event that deletes. */
  public static final int DELETION = 4;

  /** The field that holds all tensors. */
  public static final int ALL_TENSORS = 5;

  /** Target of the first tensor of a list. */
  public static final int FIRST_TENSOR = 6;

  private final EventMapping mapping;
  private final List<TensorSource> tensors;

  /** The source of each target; null if the mapping has none. */
  private final @Nullable ValueSource[] sources;

  /** Made once: messages have them, and a stream of bad events must not cost much. */
  private final String[] names;

  private final PathTree root = new PathTree();

  /** The targets that the event's fields do not give. */
  private final int[] outside;

  private EventPlan(EventMapping mapping, @Nullable FieldPath wrapper) {
    this.mapping = mapping;
    this.tensors = mapping.tensors() instanceof Listed listed ? listed.tensors() : List.of();
    this.sources = new ValueSource[FIRST_TENSOR + tensors.size()];
    sources[ENTITY_ID] = mapping.entityId();
    sources[MODEL] = mapping.model();
    sources[EVENT_TIME] = mapping.eventTime();
    sources[KEY_CONFIG_VERSION] = mapping.keyConfigVersion();
    sources[DELETION] = mapping.deletion() == null ? null : mapping.deletion().source();
    if (mapping.tensors() instanceof AllIn all) {
      sources[ALL_TENSORS] = new AtPath(all.path());
    }
    for (int i = 0; i < tensors.size(); i++) {
      sources[FIRST_TENSOR + i] = tensors.get(i).source();
    }
    outside =
        IntStream.range(0, sources.length)
            .filter(target -> sources[target] != null && !(sources[target] instanceof AtPath))
            .toArray();
    names = new String[sources.length];
    for (int target = 0; target < sources.length; target++) {
      names[target] = String.valueOf(sources[target]);
      if (sources[target] instanceof AtPath at) {
        root.add(at.path(), target);
        if (wrapper != null) {
          root.add(at.path().in(wrapper), target);
        }
      }
    }
  }

  public static EventPlan of(EventMapping mapping) {
    return new EventPlan(mapping, null);
  }

  /**
   * A plan for events that may be inside a field, for a format without a schema.
   *
   * @param wrapper the path of that field
   */
  public static EventPlan of(EventMapping mapping, FieldPath wrapper) {
    return new EventPlan(mapping, wrapper);
  }

  /** Collects the parts of one event after the other, for one thread. */
  public MappedEvent newEvent() {
    return new MappedEvent(this);
  }

  public EventMapping mapping() {
    return mapping;
  }

  /** The node of the whole event. */
  public PathTree root() {
    return root;
  }

  /** The tensors of a list of tensors; empty if all are in one field. */
  public List<TensorSource> tensors() {
    return tensors;
  }

  /** The path of each target that has one, for checks against a schema. */
  public List<AtPath> paths() {
    List<AtPath> paths = new ArrayList<>();
    for (ValueSource source : sources) {
      if (source instanceof AtPath at) {
        paths.add(at);
      }
    }
    return paths;
  }

  /** Whether a target is a tensor of its own. */
  public static boolean isTensor(int target) {
    return target >= FIRST_TENSOR;
  }

  @Nullable ValueSource source(int target) {
    return sources[target];
  }

  /** The targets that come from elsewhere than a field of the event; must not be changed. */
  int[] outside() {
    return outside;
  }

  /** A target's name in messages: the path, or where else it is from. */
  public String name(int target) {
    return names[target];
  }
}
