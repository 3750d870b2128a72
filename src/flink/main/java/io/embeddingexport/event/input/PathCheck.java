package io.embeddingexport.event.input;

import io.embeddingexport.event.mapping.EventMapping;
import io.embeddingexport.event.mapping.ValueSource.AtPath;
import io.embeddingexport.event.plan.EventPlan;
import io.embeddingexport.text.FieldReader;

/** Finds paths in the mapping of a format that has no fields. */
final class PathCheck {

  static void refusePaths(EventMapping mapping, FieldReader fields) {
    for (AtPath at : EventPlan.of(mapping).paths()) {
      fields.problem(
          "format",
          fields.line("format"),
          "raw has no field "
              + at.path()
              + "; say that part by kafka, header or constant ({kafka: value} is the bytes)");
    }
  }

  private PathCheck() {}
}
