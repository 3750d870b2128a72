package io.embeddingexport.cli.samples.mapped;

import io.embeddingexport.cli.samples.mapped.SampleValue.Fields;
import io.embeddingexport.cli.samples.mapped.SampleValue.Items;
import io.embeddingexport.event.mapping.FieldPath;
import io.embeddingexport.event.mapping.FieldPath.Field;
import io.embeddingexport.event.mapping.FieldPath.Index;
import io.embeddingexport.event.mapping.FieldPath.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts values at their paths. A mapping's paths do not overlap. Not thread-safe. */
final class ValueTree {
  private final Fields root = new Fields(new LinkedHashMap<>());

  void put(FieldPath path, SampleValue value) {
    List<Step> steps = path.steps();
    SampleValue at = root;
    for (int i = 0; i < steps.size() - 1; i++) {
      SampleValue inner = child(at, steps.get(i));
      if (inner == null) {
        inner =
            steps.get(i + 1) instanceof Field
                ? new Fields(new LinkedHashMap<>())
                : new Items(new ArrayList<>());
        set(at, steps.get(i), inner);
      }
      at = inner;
    }
    set(at, steps.get(steps.size() - 1), value);
  }

  Fields root() {
    return root;
  }

  private static @Nullable SampleValue child(SampleValue in, Step step) {
    if (step instanceof Field field) {
      return ((Fields) in).values().get(field.name());
    }
    List<@Nullable SampleValue> items = ((Items) in).values();
    int index = ((Index) step).index();
    return index < items.size() ? items.get(index) : null;
  }

  private static void set(SampleValue in, Step step, SampleValue value) {
    if (step instanceof Field field) {
      ((Fields) in).values().put(field.name(), value);
      return;
    }
    List<@Nullable SampleValue> items = ((Items) in).values();
    int index = ((Index) step).index();
    while (items.size() <= index) {
      items.add(null);
    }
    items.set(index, value);
  }
}
