package io.embeddingexport.event.mapping;

import io.embeddingexport.event.mapping.ValueSource.AtPath;
import io.embeddingexport.event.mapping.ValueSource.Constant;
import io.embeddingexport.event.mapping.ValueSource.FromHeader;
import io.embeddingexport.event.mapping.ValueSource.Part;
import io.embeddingexport.text.FieldReader;
import io.embeddingexport.text.Node;
import io.embeddingexport.text.Node.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the sources of a mapping, and sees to it that no two are of one value of the event. */
final class SourceReader {
  private static final List<String> KINDS = List.of("path", "kafka", "header", "constant");
  private static final Map<String, Part> PARTS =
      MappingParser.words(Part.values(), part -> part.name().toLowerCase(Locale.ROOT));

  private final List<String> problems;

  /** The part that each path is of. */
  private final Map<FieldPath, String> paths = new HashMap<>();

  SourceReader(List<String> problems) {
    this.problems = problems;
  }

  /**
   * The fields of a part of the mapping. A path alone becomes its long form.
   *
   * @param remedy of a missing part; null: the part is optional
   * @param more the fields it may have beside its source
   * @return null if it is missing or wrong
   */
  @Nullable FieldReader part(
      FieldReader fields, String name, @Nullable String remedy, String... more) {
    Node node = remedy == null ? fields.get(name) : fields.require(name, remedy);
    if (node instanceof Scalar scalar) {
      node = new Node.Mapping(Map.of("path", scalar), scalar.line());
    }
    if (node == null) {
      return null;
    }
    if (!(node instanceof Node.Mapping mapping)) {
      fields.problem(name, node, "is not a source; write a path");
      return null;
    }
    List<String> known = new ArrayList<>(KINDS);
    known.addAll(List.of(more));
    return new FieldReader(mapping, fields.path(name), known, problems);
  }

  /** The source in a part's fields; null if there is none, or a wrong one. */
  @Nullable ValueSource read(@Nullable FieldReader part) {
    if (part == null) {
      return null;
    }
    List<String> given = KINDS.stream().filter(part::has).toList();
    if (given.size() != 1) {
      part.problem(
          "",
          part.line(),
          given.isEmpty()
              ? "has no source; write one of path, kafka, header, constant"
              : "has " + String.join(" and ", given) + "; keep one of them");
      return null;
    }
    String kind = given.get(0);
    if (kind.equals("kafka")) {
      return part.choice(kind, PARTS);
    }
    String text = part.text(kind);
    if (text == null) {
      return null;
    }
    return switch (kind) {
      case "header" -> new FromHeader(text);
      case "constant" -> new Constant(text);
      default -> {
        FieldPath path = path(FieldPath.parse(text), part.path(""), part.get(kind));
        yield path == null ? null : new AtPath(path);
      }
    };
  }

  /**
   * Checks a path against those before it.
   *
   * @param path null: the text is none
   * @param part whose path it is
   * @return null if there is a problem
   */
  @Nullable FieldPath path(@Nullable FieldPath path, String part, Node node) {
    if (path == null) {
      problem(part, node, "is not a path; write one like user.id or results[0].embedding");
      return null;
    }
    for (Map.Entry<FieldPath, String> other : paths.entrySet()) {
      if (isIn(path, other.getKey()) || isIn(other.getKey(), path)) {
        boolean same = path.equals(other.getKey());
        problem(
            part,
            node,
            (same ? "is also the path of " : "overlaps the path of ")
                + other.getValue()
                + "; a value can be one part only");
        return null;
      }
    }
    paths.put(path, part);
    return path;
  }

  private static boolean isIn(FieldPath inner, FieldPath outer) {
    int steps = outer.steps().size();
    return inner.steps().size() >= steps && inner.steps().subList(0, steps).equals(outer.steps());
  }

  private void problem(String part, Node node, String what) {
    new FieldReader(new Node.Mapping(Map.of(), node.line()), "", List.of(), problems)
        .problem(part, node, what);
  }
}
