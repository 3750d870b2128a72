package io.embeddingexport.keys;

import java.util.List;
import java.util.Map;

/** A piece of YAML or JSON text, with the line it begins on (from 1). */
sealed interface Node {
  int line();

  /** The value as a problem shows it: short, on one line. */
  String shown();

  /** A value that holds no others. */
  record Scalar(Kind kind, String text, int line) implements Node {
    enum Kind {
      TEXT,
      INTEGER,
      OTHER_NUMBER,
      BOOLEAN,
      NULL
    }

    @Override
    public String shown() {
      return kind == Kind.TEXT ? Quoted.of(text) : Quoted.bare(text);
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
