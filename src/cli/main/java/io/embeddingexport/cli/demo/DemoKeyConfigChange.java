package io.embeddingexport.cli.demo;

import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The change of a model's key config half way.
 *
 * @param from in force from the start
 * @param to replaces it; an event by name that fits {@code from} fits it too
 */
record DemoKeyConfigChange(KeyConfig from, KeyConfig to) {

  String model() {
    return from.model();
  }

  /** The extra parts of {@code to}'s records compared with {@code from}'s, in words. */
  List<String> additions() {
    List<String> additions = new ArrayList<>();
    for (KeySpec key : to.keys()) {
      if (!from.keys().contains(key)) {
        additions.add(
            "tensor %s (%s %s)"
                .formatted(
                    key.name(),
                    key.dataType().name().toLowerCase(Locale.ROOT),
                    Arrays.toString(key.shape().toArray())));
      }
    }
    if (to.eventTimeKey() != null && from.eventTimeKey() == null) {
      additions.add("the event time");
    }
    return additions;
  }
}
