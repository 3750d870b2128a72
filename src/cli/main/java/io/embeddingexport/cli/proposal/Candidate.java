package io.embeddingexport.cli.proposal;

import io.embeddingexport.event.fields.FieldType;
import io.embeddingexport.event.fields.FieldType.Elements;
import io.embeddingexport.event.fields.FieldType.Entries;
import io.embeddingexport.event.fields.FieldType.Group;
import io.embeddingexport.event.mapping.FieldPath;
import io.embeddingexport.event.mapping.FieldPath.Field;
import io.embeddingexport.event.mapping.FieldPath.Index;
import io.embeddingexport.event.mapping.FieldPath.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A field that may be a part of events. Immutable.
 *
 * @param path to it
 * @param type no {@link Group}
 */
record Candidate(FieldPath path, FieldType type) {
  private static final int MOST = 500;

  /** Names that say nothing: {@code taste.values} is best called taste. */
  private static final Set<String> PLAIN_NAMES =
      Set.of("array", "data", "elements", "floats", "value", "values");

  /** All that a form's fields have, in their order; the first item of a list of groups. */
  static List<Candidate> all(@Nullable Group fields) {
    List<Candidate> all = new ArrayList<>();
    if (fields != null) {
      add(List.of(), fields, all);
    }
    return all;
  }

  private static void add(List<Step> steps, FieldType type, List<Candidate> all) {
    if (type instanceof Group group) {
      for (Map.Entry<String, FieldType> field : group.fields().entrySet()) {
        add(plus(steps, new Field(field.getKey())), field.getValue(), all);
      }
    } else if (type instanceof Elements list && list.item() instanceof Group item) {
      add(plus(steps, new Index(0)), item, all);
    } else if (!steps.isEmpty() && all.size() < MOST) {
      FieldPath path = new FieldPath(steps);
      // A name with a quote in it has no path.
      if (path.equals(FieldPath.parse(path.toString()))) {
        all.add(new Candidate(path, type));
      }
    }
  }

  private static List<Step> plus(List<Step> steps, Step next) {
    return Stream.concat(steps.stream(), Stream.of(next)).toList();
  }

  /** The field's name. */
  String name() {
    List<String> names = names();
    return names.get(names.size() - 1);
  }

  /** The name of a tensor that is in the field. */
  String tensorName() {
    List<String> names = names();
    boolean isPlain = names.size() > 1 && PLAIN_NAMES.contains(name().toLowerCase(Locale.ROOT));
    return isPlain ? names.get(names.size() - 2) : name();
  }

  /** The names of all fields on the way, joined: unique where names are not. */
  String longName() {
    return String.join("_", names());
  }

  /** The names of the fields on the way; the first step is one. */
  private List<String> names() {
    return path.steps().stream()
        .filter(Field.class::isInstance)
        .map(step -> ((Field) step).name())
        .toList();
  }

  /** The words of the name, in lower case: {@code user_id} and {@code userId} have two. */
  List<String> words() {
    return Stream.of(name().split("(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+"))
        .map(word -> word.toLowerCase(Locale.ROOT))
        .toList();
  }

  int depth() {
    return path.steps().size();
  }

  /** The type of a tensor's elements, if it is one of numbers; null if not. */
  @Nullable FieldType element() {
    FieldType item = type;
    while (item instanceof Elements list) {
      item = list.item();
    }
    boolean isNumber = item == FieldType.Leaf.WHOLE || item == FieldType.Leaf.REAL;
    return item != type && isNumber ? item : null;
  }

  /** Whether it is a map whose every entry is a tensor of numbers. */
  boolean isMapOfTensors() {
    return type instanceof Entries entries
        && new Candidate(path, entries.value()).element() != null;
  }
}
