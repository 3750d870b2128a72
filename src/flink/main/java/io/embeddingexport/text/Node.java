package io.embeddingexport.text;

import java.util.List;
import java.util.Map;

/** A value in YAML or JSON text, with the line it begins on (from 1). Immutable. */
public sealed interface Node {
  int line();

  /** The value as shown in a message: short, on one line. */
  String shown();

  /**
   * A value without children.
   *
   * @param text as written, without quotes
   */
  record Scalar(Kind kind, String text, int line) implements Node {
    public enum Kind {
      TEXT,
      INTEGER,
      OTHER_NUMBER,
      BOOLEAN,
      NULL
    }

    @Override
    public String shown() {
      return kind == Kind.TEXT ? SafeText.quoted(text) : SafeText.of(text);
    }
  }

  /** An array. */
  record Sequence(List<Node> items, int line) implements Node {
    @Override
    public String shown() {
      return "a list";
    }
  }

  /** An object. */
  record Mapping(Map<String, Node> entries, int line) implements Node {
    @Override
    public String shown() {
      return "a mapping";
    }
  }
}
