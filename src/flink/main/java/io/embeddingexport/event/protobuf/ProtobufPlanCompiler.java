package io.embeddingexport.event.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.embeddingexport.event.NameTable;
import io.embeddingexport.event.plan.EventPlan;
import io.embeddingexport.event.plan.InvalidSchemaException;
import io.embeddingexport.event.plan.PathTree;
import io.embeddingexport.event.protobuf.ProtobufPlan.SingleValue;
import io.embeddingexport.event.protobuf.ProtobufPlan.Timestamp;
import io.embeddingexport.event.protobuf.Step.Branch;
import io.embeddingexport.event.protobuf.Step.Items;
import io.embeddingexport.event.protobuf.Step.Keyed;
import io.embeddingexport.event.protobuf.Step.Nested;
import io.embeddingexport.event.protobuf.Step.Single;
import io.embeddingexport.text.Suggestion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compiles a plan for a schema, and collects every problem. Used once. */
final class ProtobufPlanCompiler {
  static final int MAP_KEY = 1;
  static final int MAP_VALUE = 2;

  private final EventPlan plan;
  private final PlanParts parts;
  private final TensorSteps tensors;
  private @Nullable Timestamp timestamp;

  ProtobufPlanCompiler(EventPlan plan) {
    this.plan = plan;
    this.parts = new PlanParts();
    this.tensors = new TensorSteps(plan, parts);
  }

  ProtobufPlan compile(Descriptor descriptor) throws InvalidSchemaException {
    MessageSteps root = message(descriptor, plan.root(), "");
    List<String> problems = parts.problems();
    if (!problems.isEmpty()) {
      throw new InvalidSchemaException("message " + descriptor.getFullName(), problems);
    }
    return new ProtobufPlan(plan, root, parts.singles(), parts.sinks(), timestamp, parts.cells());
  }

  private MessageSteps message(Descriptor descriptor, PathTree node, String path) {
    int presence = parts.newCell();
    Map<Integer, Step> steps = new TreeMap<>();
    Map<Integer, String> names = new HashMap<>();
    for (String name : new TreeSet<>(node.fieldNames())) {
      String inner = path.isEmpty() ? name : path + "." + name;
      FieldDescriptor field = field(descriptor, name);
      PathTree child = node.field(name);
      if (field == null) {
        parts.problem(
            inner, "is no field of message " + descriptor.getFullName() + near(descriptor, name));
      } else if (names.putIfAbsent(field.getNumber(), name) != null) {
        parts.problem(inner, "is also named " + names.get(field.getNumber()) + "; write one name");
      } else {
        Step step = step(field, child, inner, presence);
        if (step != null) {
          steps.put(field.getNumber(), step);
        }
      }
    }
    return new MessageSteps(presence, false, steps);
  }

  /** The field of that name, or of that name in JSON. */
  private static @Nullable FieldDescriptor field(Descriptor message, String name) {
    FieldDescriptor field = message.findFieldByName(name);
    if (field != null) {
      return field;
    }
    return message.getFields().stream()
        .filter(f -> f.getJsonName().equals(name))
        .findFirst()
        .orElse(null);
  }

  private static String near(Descriptor message, String name) {
    List<String> names = message.getFields().stream().map(FieldDescriptor::getName).toList();
    String suggestion = Suggestion.of(name, names);
    if (!suggestion.isEmpty() || names.isEmpty()) {
      return suggestion;
    }
    return "; it has " + names.stream().limit(20).collect(Collectors.joining(", "));
  }

  private @Nullable Step step(FieldDescriptor field, PathTree node, String path, int presence) {
    if (!parts.hasTypeOf(field, path)) {
      return null;
    }
    int target = node.target();
    if (target == EventPlan.ALL_TENSORS) {
      return tensors.all(field, path);
    }
    if (EventPlan.isTensor(target) && !field.isMapField()) {
      int sink = tensors.sink(target);
      return tensors.list(
          field, sink, plan.tensors().get(target - EventPlan.FIRST_TENSOR), presence);
    }
    if (field.isMapField() && target == PathTree.NO_TARGET && !node.hasItems()) {
      return keyed(field, node, path);
    }
    if (field.isRepeated() && !field.isMapField() && node.hasItems()) {
      return items(field, node, path);
    }
    if (field.isRepeated()) {
      String kind =
          field.isMapField() ? "a map; write " + path + ".KEY" : "a list; write " + path + "[0]";
      parts.problem(path, "is " + kind);
      return null;
    }
    if (node.hasItems()) {
      parts.problem(path, "is " + PlanParts.typeOf(field) + ", which has no elements");
      return null;
    }
    return value(field, node, path, presence);
  }

  /**
   * The step of one value: a field that is no list, an element of a list, or a map's value.
   *
   * @param presence the cell that says whether the message around it is there
   */
  private @Nullable Step value(FieldDescriptor field, PathTree node, String path, int presence) {
    int target = node.target();
    if (EventPlan.isTensor(target)) {
      int sink = tensors.sink(target);
      return tensors.one(
          field, sink, plan.tensors().get(target - EventPlan.FIRST_TENSOR), presence);
    }
    if (target != PathTree.NO_TARGET) {
      return part(field, target, path);
    }
    if (field.getType() != FieldDescriptor.Type.MESSAGE) {
      parts.problem(path, "is " + PlanParts.typeOf(field) + ", which has no fields");
      return null;
    }
    return new Nested(message(field.getMessageType(), node, path));
  }

  /** The step of a part that is no tensor. */
  private @Nullable Step part(FieldDescriptor field, int target, String path) {
    ValueType type = ValueType.of(field);
    if (target == EventPlan.DELETION && (type == ValueType.BOOL || type == ValueType.ENUM)) {
      return deletion(field, type, path);
    }
    if (type != null && PlanParts.fits(type, target)) {
      boolean zeroIsAbsent = !field.hasPresence() && !field.isRepeated();
      return parts.single(type, target, SingleValue.TENSOR, SingleValue.NO_DEFAULT, zeroIsAbsent);
    }
    if (type == null && field.getType() == FieldDescriptor.Type.MESSAGE) {
      Descriptor message = field.getMessageType();
      if (WellKnownTypes.isTimestamp(message) && target == EventPlan.EVENT_TIME) {
        return timestamp();
      }
      FieldDescriptor wrapped = WellKnownTypes.wrapped(message);
      ValueType inner = wrapped == null ? null : ValueType.of(wrapped);
      if (inner != null && PlanParts.fits(inner, target)) {
        int presence = parts.newCell();
        Step value = parts.single(inner, target, SingleValue.TENSOR, presence, false);
        return new Nested(new MessageSteps(presence, false, Map.of(wrapped.getNumber(), value)));
      }
    }
    parts.problem(
        path,
        "is "
            + PlanParts.typeOf(field)
            + ", but the mapping takes it as "
            + PlanParts.wanted(target));
    return null;
  }

  private @Nullable Step deletion(FieldDescriptor field, ValueType type, String path) {
    String mark = Objects.requireNonNull(plan.mapping().deletion()).value();
    List<String> values =
        type == ValueType.BOOL
            ? List.of("false", "true")
            : field.getEnumType().getValues().stream().map(EnumValueDescriptor::getName).toList();
    int index = values.indexOf(mark);
    if (index < 0) {
      parts.problem(path, "is never '" + mark + "'" + Suggestion.of(mark, values));
      return null;
    }
    long number =
        type == ValueType.BOOL ? index : field.getEnumType().getValues().get(index).getNumber();
    if (number == 0 && !field.hasPresence()) {
      parts.problem(
          path,
          "is '" + mark + "' in every event without it; declare it optional, or use another value");
      return null;
    }
    return parts.deletion(type, number);
  }

  private Step timestamp() {
    int presence = parts.newCell();
    Single seconds = new Single(parts.newSpan(), ValueType.INT64);
    Single nanos = new Single(parts.newSpan(), ValueType.INT32);
    timestamp = new Timestamp(presence, seconds.cell(), nanos.cell());
    return new Nested(
        new MessageSteps(
            presence, false, Map.of(WellKnownTypes.SECONDS, seconds, WellKnownTypes.NANOS, nanos)));
  }

  private @Nullable Step keyed(FieldDescriptor field, PathTree node, String path) {
    if (!PlanParts.hasStringKeys(field)) {
      parts.problem(path, "is a map whose keys are no strings; its values have no paths");
      return null;
    }
    FieldDescriptor value = field.getMessageType().findFieldByNumber(MAP_VALUE);
    NameTable<Branch> entries = new NameTable<>();
    for (String key : new TreeSet<>(node.fieldNames())) {
      PlanParts.Mark mark = parts.mark();
      int presence = parts.newCell();
      Step step = value(value, node.field(key), path + "." + key, presence);
      if (step != null) {
        MessageSteps entry = new MessageSteps(presence, false, Map.of(MAP_VALUE, step));
        entries.put(key, new Branch(entry, parts.since(mark)));
      }
    }
    return new Keyed(entries);
  }

  private @Nullable Step items(FieldDescriptor field, PathTree node, String path) {
    ValueType type = ValueType.of(field);
    if (type != null && type.isNumber()) {
      parts.problem(path, "is a list of numbers; take it as a whole");
      return null;
    }
    int cell = parts.newCell();
    Map<Integer, Step> steps = new TreeMap<>();
    for (int index : new TreeSet<>(node.itemIndexes())) {
      Step step = value(field, node.item(index), path + "[" + index + "]", PlanParts.NO_PRESENCE);
      if (step != null) {
        steps.put(index, step);
      }
    }
    return new Items(
        cell,
        steps.keySet().stream().mapToInt(i -> i).toArray(),
        steps.values().toArray(Step[]::new));
  }
}
