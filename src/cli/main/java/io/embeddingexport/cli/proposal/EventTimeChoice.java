package io.embeddingexport.cli.proposal;

import io.embeddingexport.cli.trial.SeenEvent;
import io.embeddingexport.event.fields.FieldType.Leaf;
import io.embeddingexport.event.mapping.EventTimeUnit;
import io.embeddingexport.text.YamlText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what could be the event time, by names, and its unit, by magnitude. */
final class EventTimeChoice {
  /** In the order of their likelihood. */
  private static final List<String> TIME_WORDS =
      List.of(
          "timestamp",
          "time",
          "ts",
          "at",
          "datetime",
          "millis",
          "ms",
          "updated",
          "modified",
          "created",
          "date",
          "when");

  private static final long FIRST = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();
  private static final long END = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();
  private static final Set<Leaf> TYPES = Set.of(Leaf.WHOLE, Leaf.REAL, Leaf.TEXT, Leaf.TIME);

  private final Probe probe;
  private final String before;

  /**
   * @param before the lines of the mapping that are found already
   */
  EventTimeChoice(Probe probe, String before) {
    this.probe = probe;
    this.before = before;
  }

  static boolean isNamedTime(Candidate field) {
    return rank(field) < TIME_WORDS.size();
  }

  private static int rank(Candidate field) {
    return field.words().stream()
        .mapToInt(TIME_WORDS::indexOf)
        .filter(i -> i >= 0)
        .min()
        .orElse(TIME_WORDS.size());
  }

  MappingPart find(List<Candidate> fields) {
    List<Candidate> times =
        fields.stream()
            .filter(field -> field.type() instanceof Leaf leaf && TYPES.contains(leaf))
            .filter(field -> field.type() == Leaf.TIME || isNamedTime(field))
            .sorted(
                Comparator.comparing((Candidate field) -> field.type() != Leaf.TIME)
                    .thenComparing(field -> !field.words().contains("event"))
                    .thenComparing(EventTimeChoice::rank)
                    .thenComparing(Candidate::depth))
            .toList();
    List<String> found = new ArrayList<>();
    for (Candidate time : times) {
      String yaml = yaml(time);
      if (yaml != null) {
        found.add(yaml);
      }
    }
    return found.isEmpty()
        ? new MappingPart("", List.of())
        : new MappingPart("event-time: " + found.get(0) + "\n", found.subList(1, found.size()));
  }

  private @Nullable String yaml(Candidate field) {
    String path = YamlText.of(field.path().toString());
    boolean isNumber = field.type() == Leaf.WHOLE || field.type() == Leaf.REAL;
    String asMillis = isNumber ? "{path: " + path + ", unit: millis}" : path;
    Probed result = probe.of(before + "event-time: " + asMillis + "\n" + Probe.ANY_TENSOR);
    List<Long> values =
        result.events().stream().map(SeenEvent::eventTimeMillis).filter(Objects::nonNull).toList();
    if (values.isEmpty() || result.failures() * 2 > result.events().size()) {
      return null;
    }
    if (!isNumber) {
      return values.stream().allMatch(EventTimeChoice::isLikely) ? path : null;
    }
    for (EventTimeUnit unit : EventTimeUnit.values()) {
      if (values.stream().allMatch(value -> isLikely(unit, value))) {
        return unit == EventTimeUnit.MILLIS
            ? path
            : "{path: " + path + ", unit: " + unit.name().toLowerCase(Locale.ROOT) + "}";
      }
    }
    return null;
  }

  /** The ranges of units do not overlap. */
  private static boolean isLikely(EventTimeUnit unit, long value) {
    try {
      return isLikely(unit.toMillis(value));
    } catch (ArithmeticException e) {
      return false;
    }
  }

  private static boolean isLikely(long millis) {
    return millis >= FIRST && millis < END;
  }
}
