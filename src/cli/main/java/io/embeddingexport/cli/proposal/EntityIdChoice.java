package io.embeddingexport.cli.proposal;

import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.trial.SeenEvent;
import io.embeddingexport.datarecord.Bytes;
import io.embeddingexport.event.fields.FieldType.Leaf;
import io.embeddingexport.text.YamlText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what could be the entity id: names like one first, whole numbers before texts. */
final class EntityIdChoice {
  private static final Set<String> ID_WORDS = Set.of("id", "ids", "uuid", "guid", "key", "pk");

  /** What ids of other things than entities are called. */
  private static final Set<String> OTHER_WORDS =
      Set.of(
          "event",
          "message",
          "msg",
          "trace",
          "span",
          "request",
          "req",
          "schema",
          "version",
          "session",
          "batch",
          "job",
          "run",
          "model",
          "partition",
          "correlation");

  private static final String KAFKA_KEY = "{kafka: key}";
  private static final int NO_ID_NAME = 2;
  private static final int MANY = 5;

  private final Probe probe;

  EntityIdChoice(Probe probe) {
    this.probe = probe;
  }

  /** A source that was tried. */
  private record Tried(String source, Probed result) {
    private int decoded() {
      return result.events().size() + result.deletions();
    }

    /** Empty, or a comment: what is the same in many events is hardly the id of their entities. */
    private String warning() {
      List<SeenEvent> events = result.events();
      long ids =
          events.stream()
              .map(event -> List.of(event.entityId(), Optional.ofNullable(event.entityName())))
              .distinct()
              .count();
      return events.size() < MANY || ids > 1
          ? ""
          : " # the same in all " + events.size() + " messages; look at the others";
    }
  }

  MappingPart find(List<Candidate> fields) throws CommandException {
    List<String> sources = sources(fields);
    List<Tried> tried = new ArrayList<>();
    for (String source : sources) {
      Probed result =
          probe.of(
              "entity-id: {"
                  + source
                  + ", from-string: none}\n"
                  + Probe.ANY_MODEL
                  + Probe.ANY_TENSOR);
      if (!result.events().isEmpty()) {
        tried.add(new Tried(source, result));
      }
    }
    Tried best = null;
    for (Tried one : tried) {
      best = best == null || one.decoded() > best.decoded() ? one : best;
    }
    if (best == null) {
      throw new CommandException(
          "nothing in the messages can be the entity id: no field is a whole number or a text in"
              + " them, and they have no Kafka key; write a mapping by hand (docs/events.md)");
    }
    String chosen = best.source();
    return new MappingPart(
        "entity-id: " + yaml(chosen, form(best.result().events())) + best.warning() + "\n",
        tried.stream()
            .map(Tried::source)
            .filter(source -> !source.equals(chosen))
            .map(source -> yaml(source, ""))
            .toList());
  }

  /** In the order of their likelihood, as in {@code {path: id}} without braces. */
  private static List<String> sources(List<Candidate> fields) {
    List<Candidate> ids =
        fields.stream()
            .filter(field -> field.type() == Leaf.WHOLE || field.type() == Leaf.TEXT)
            .sorted(
                Comparator.comparingInt(EntityIdChoice::rank)
                    .thenComparing(field -> field.type() != Leaf.WHOLE)
                    .thenComparing(Candidate::depth))
            .toList();
    List<String> sources = new ArrayList<>();
    for (Candidate id : ids) {
      if (rank(id) >= NO_ID_NAME && !sources.contains("kafka: key")) {
        sources.add("kafka: key");
      }
      sources.add("path: " + YamlText.of(id.path().toString()));
    }
    if (!sources.contains("kafka: key")) {
      sources.add("kafka: key");
    }
    return sources;
  }

  private static int rank(Candidate field) {
    List<String> words = field.words();
    boolean isId = !words.isEmpty() && ID_WORDS.contains(words.get(words.size() - 1));
    if (!isId) {
      return EventTimeChoice.isNamedTime(field) ? NO_ID_NAME + 1 : NO_ID_NAME;
    }
    return words.stream().anyMatch(OTHER_WORDS::contains) ? 1 : 0;
  }

  private static String yaml(String source, String form) {
    if (form.isEmpty()) {
      return source.equals("kafka: key") ? KAFKA_KEY : source.substring("path: ".length());
    }
    return "{" + source + ", from-string: " + form + "}";
  }

  /** What makes numbers of ids that are texts; empty if they are numbers already. */
  private static String form(List<SeenEvent> events) {
    List<Bytes> names =
        events.stream().map(SeenEvent::entityName).filter(Objects::nonNull).toList();
    if (names.stream().allMatch(EntityIdChoice::isDecimal)) {
      return "";
    }
    boolean int64 = names.stream().allMatch(n -> n.length() == Long.BYTES && !isPrintable(n));
    return int64 ? "int64" : "murmur3";
  }

  private static boolean isDecimal(Bytes name) {
    String text = name.utf8();
    try {
      return text != null
          && text.matches("-?[0-9]{1,19}")
          && Long.parseLong(text) != Long.MIN_VALUE;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isPrintable(Bytes name) {
    @Nullable String text = name.utf8();
    return text != null && text.chars().noneMatch(Character::isISOControl);
  }
}
