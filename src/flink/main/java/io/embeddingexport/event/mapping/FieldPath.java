package io.embeddingexport.event.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a value is in an event.
 *
 * <pre>
 * path  = name ( "." name | "[" index "]" )*
 * name  = characters other than . [ ] " * , or a text in double quotes: "a.b"
 * index = decimal digits, from 0
 * </pre>
 *
 * @param steps at least one; the first is a field
 */
public record FieldPath(List<Step> steps) {
  private static final int MAX_STEPS = 32;
  private static final int MAX_INDEX = 1_000_000;

  /** A step from a value to one inside it. */
  public sealed interface Step {}

  /** To the field of that name. */
  public record Field(String name) implements Step {}

  /** To the element at that index of a list. */
  public record Index(int index) implements Step {}

  public FieldPath {
    steps = List.copyOf(steps);
  }

  /** Reads a path; null if the text is none. */
  public static @Nullable FieldPath parse(String text) {
    List<Step> steps = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end;
      if (text.charAt(at) == '[') {
        end = text.indexOf(']', at);
        Integer index = steps.isEmpty() || end < 0 ? null : index(text.substring(at + 1, end));
        if (index == null) {
          return null;
        }
        steps.add(new Index(index));
        end++;
      } else {
        if (!steps.isEmpty() && text.charAt(at++) != '.') {
          return null;
        }
        end = nameEnd(text, at);
        if (end <= at) {
          return null;
        }
        boolean quoted = text.charAt(at) == '"';
        steps.add(new Field(quoted ? text.substring(at + 1, end - 1) : text.substring(at, end)));
      }
      at = end;
    }
    return steps.isEmpty() || steps.size() > MAX_STEPS ? null : new FieldPath(steps);
  }

  /** This path from inside another. */
  public FieldPath in(FieldPath outer) {
    List<Step> both = new ArrayList<>(outer.steps);
    both.addAll(steps);
    return new FieldPath(both);
  }

  private static @Nullable Integer index(String digits) {
    boolean valid =
        !digits.isEmpty()
            && digits.length() <= 7
            && digits.chars().allMatch(c -> c >= '0' && c <= '9')
            && Integer.parseInt(digits) <= MAX_INDEX;
    return valid ? Integer.valueOf(digits) : null;
  }

  /** The end of the name that begins there; not behind the beginning if none does. */
  private static int nameEnd(String text, int from) {
    if (from < text.length() && text.charAt(from) == '"') {
      int quote = text.indexOf('"', from + 1);
      return quote <= from + 1 ? from : quote + 1;
    }
    int end = from;
    while (end < text.length() && ".[]\"*".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /** The path as {@link #parse} reads it. */
  @Override
  public String toString() {
    String text = steps.stream().map(FieldPath::text).collect(Collectors.joining());
    return text.substring(1);
  }

  private static String text(Step step) {
    if (step instanceof Field field) {
      boolean plain = nameEnd(field.name, 0) == field.name.length() && !field.name.isEmpty();
      return "." + (plain ? field.name : '"' + field.name + '"');
    }
    return "[" + ((Index) step).index + "]";
  }
}
