package io.embeddingexport.text;

import io.embeddingexport.text.Node.Scalar;
import io.embeddingexport.text.Node.Scalar.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one mapping, read by type. A wrong field becomes a problem and is read as null, so
 * reading continues and finds the next.
 */
public final class FieldReader {
  /** Longest text of a field, in UTF-16 code units. */
  public static final int MAX_TEXT_CHARS = 255;

  private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]*)");

  private final Node.Mapping mapping;
  private final String path;
  private final List<String> problems;

  /**
   * @param known every field the mapping may have; any other is a problem
   */
  public FieldReader(
      Node.Mapping mapping, String path, Collection<String> known, List<String> problems) {
    this.mapping = mapping;
    this.path = path;
    this.problems = problems;
    mapping
        .entries()
        .forEach(
            (name, node) -> {
              if (!known.contains(name)) {
                problem(
                    SafeText.of(name), node.line(), "unknown field" + Suggestion.of(name, known));
              }
            });
  }

  /** Whether the field has a value, right or wrong. */
  public boolean has(String name) {
    return get(name) != null;
  }

  /** The field's node, or null if it is absent or null. */
  public @Nullable Node get(String name) {
    Node node = mapping.entries().get(name);
    return node instanceof Scalar scalar && scalar.kind() == Kind.NULL ? null : node;
  }

  /** Like {@link #get}, but a problem if absent. */
  public @Nullable Node require(String name, String remedy) {
    Node node = get(name);
    if (node == null) {
      missing(name, remedy);
    }
    return node;
  }

  /** Reports that the field is absent, with the remedy. */
  public void missing(String name, String remedy) {
    problem(name, mapping.line(), "missing; " + remedy);
  }

  /** The line the mapping begins on. */
  public int line() {
    return mapping.line();
  }

  /** The path of a field; of the mapping itself if {@code name} is empty. */
  public String path(String name) {
    return name.isEmpty() || path.isEmpty() ? path + name : path + "." + name;
  }

  /** The line of the field, which must be present. */
  public int line(String name) {
    return Objects.requireNonNull(mapping.entries().get(name)).line();
  }

  /** Text; null if absent, empty or not text. */
  public @Nullable String text(String name) {
    Node node = get(name);
    if (node == null) {
      return null;
    }
    if (!(node instanceof Scalar scalar) || scalar.kind() != Kind.TEXT) {
      problem(name, node, "is not text; put it in quotes");
      return null;
    }
    if (scalar.text().isBlank()) {
      problem(name, node, "is empty; write a name");
      return null;
    }
    if (scalar.text().length() > MAX_TEXT_CHARS) {
      problem(name, node, "is longer than " + MAX_TEXT_CHARS + " characters; shorten it");
      return null;
    }
    if (scalar.text().chars().anyMatch(Character::isISOControl)) {
      problem(name, node, "contains a control character; remove it");
      return null;
    }
    if (!isEncodable(scalar.text())) {
      problem(name, node, "contains half of a surrogate pair, which UTF-8 cannot encode");
      return null;
    }
    return scalar.text();
  }

  /** The text of a scalar of any kind, as written: {@code d}, {@code true}; null if absent. */
  public @Nullable String word(String name) {
    Node node = get(name);
    if (node == null || node instanceof Scalar) {
      return node == null ? null : ((Scalar) node).text();
    }
    problem(name, node, "is not text");
    return null;
  }

  /** An exact signed 64-bit number; null if absent or not a number. */
  public @Nullable Long integer(String name) {
    Node node = get(name);
    return node == null ? null : integer(name, node);
  }

  public @Nullable Long integer(String name, Node node) {
    if (!(node instanceof Scalar scalar) || scalar.kind() != Kind.INTEGER) {
      problem(name, node, "is not a whole number");
      return null;
    }
    if (!DECIMAL.matcher(scalar.text()).matches()) {
      problem(name, node, "is not in plain decimal digits; write plain digits");
      return null;
    }
    try {
      return Long.valueOf(scalar.text());
    } catch (NumberFormatException e) {
      problem(name, node, "does not fit in a signed 64-bit number");
      return null;
    }
  }

  public boolean flag(String name) {
    Node node = get(name);
    if (node != null && !(node instanceof Scalar scalar && scalar.kind() == Kind.BOOLEAN)) {
      problem(name, node, "is neither true nor false");
      return false;
    }
    return node != null && Boolean.parseBoolean(((Scalar) node).text());
  }

  /** One of these words, ignoring case; null if absent or none of them. */
  public <T> @Nullable T choice(String name, Map<String, T> words) {
    Node node = get(name);
    return node == null ? null : choice(name, node, words);
  }

  /** Same as {@link #choice(String, Map)}, of a value that is there; null if it is none of them. */
  public <T> @Nullable T choice(String name, Node node, Map<String, T> words) {
    String word = node instanceof Scalar scalar ? scalar.text() : "";
    T chosen = words.get(word.toLowerCase(Locale.ROOT));
    if (chosen == null) {
      problem(
          name,
          node,
          "is not one of "
              + String.join(", ", words.keySet())
              + Suggestion.of(word, words.keySet()));
    }
    return chosen;
  }

  /** Reports that {@code node}'s value is wrong: line, path, value, {@code what}. */
  public void problem(String name, Node node, String what) {
    problem(name, node.line(), node.shown() + " " + what);
  }

  /** Reports a wrong field without showing its value. */
  public void problem(String name, int line, String what) {
    problems.add(StrictText.at(line, path(name)) + what);
  }

  private static boolean isEncodable(String text) {
    return text.codePoints()
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
