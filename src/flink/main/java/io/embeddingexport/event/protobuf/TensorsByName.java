package io.embeddingexport.event.protobuf;

import io.embeddingexport.event.plan.TensorValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tensors of one event by name. Few are found without a hash. Reused; not thread-safe. */
final class TensorsByName {
  private static final int FEW = 16;

  private final List<String> names = new ArrayList<>();
  private final List<TensorValue> tensors = new ArrayList<>();
  private Map<String, TensorValue> many = new HashMap<>();

  void clear() {
    if (names.isEmpty()) {
      return;
    }
    names.clear();
    tensors.clear();
    if (!many.isEmpty()) {
      // A cleared map keeps its size for ever.
      many = new HashMap<>();
    }
  }

  /** The tensor of a name; null if there is none. */
  @Nullable TensorValue find(String name) {
    if (names.size() > FEW) {
      return many.get(name);
    }
    int index = names.indexOf(name);
    return index < 0 ? null : tensors.get(index);
  }

  /** Adds a tensor of a new name. */
  void add(String name, TensorValue tensor) {
    if (names.size() <= FEW) {
      names.add(name);
      tensors.add(tensor);
      if (names.size() <= FEW) {
        return;
      }
      for (int i = 0; i < names.size(); i++) {
        many.put(names.get(i), tensors.get(i));
      }
    }
    many.put(name, tensor);
  }
}
