package io.embeddingexport.event.fields;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The type of a field, as far as a mapping cares. Immutable. */
public sealed interface FieldType {

  /**
   * An object, a record or a message.
   *
   * @param fields by name, in their order
   */
  record Group(Map<String, FieldType> fields) implements FieldType {
    public Group {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
  }

  /** A map with names that the schema does not list. */
  record Entries(FieldType value) implements FieldType {}

  /** A list. */
  record Elements(FieldType item) implements FieldType {}

  /** A value without fields. */
  enum Leaf implements FieldType {
    WHOLE,
    REAL,
    TEXT,
    BYTES,
    BOOL,
    /** A point in time whose unit the schema states. */
    TIME,
    /** Nothing that a mapping takes, or not known: null in every message, say. */
    OTHER
  }

  /**
   * The type of values of both. Numbers and texts together are texts; otherwise the first of two
   * kinds counts, as a few broken messages must not hide a field.
   */
  static FieldType merge(FieldType a, FieldType b) {
    if (a.equals(b) || b == Leaf.OTHER) {
      return a;
    }
    if (a == Leaf.OTHER) {
      return b;
    }
    if (a instanceof Group one && b instanceof Group other) {
      Map<String, FieldType> fields = new LinkedHashMap<>(one.fields);
      other.fields.forEach((name, type) -> fields.merge(name, type, FieldType::merge));
      return new Group(fields);
    }
    if (a instanceof Elements one && b instanceof Elements other) {
      return new Elements(merge(one.item, other.item));
    }
    if (!isNumberOrText(a) || !isNumberOrText(b)) {
      return a;
    }
    return a == Leaf.TEXT || b == Leaf.TEXT ? Leaf.TEXT : Leaf.REAL;
  }

  private static boolean isNumberOrText(FieldType type) {
    return type == Leaf.WHOLE || type == Leaf.REAL || type == Leaf.TEXT;
  }
}
