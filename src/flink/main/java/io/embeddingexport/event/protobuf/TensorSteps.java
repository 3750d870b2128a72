package io.embeddingexport.event.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.event.mapping.ElementType;
import io.embeddingexport.event.mapping.TensorSource;
import io.embeddingexport.event.mapping.ValueSource.Part;
import io.embeddingexport.event.plan.EventPlan;
import io.embeddingexport.event.protobuf.ProtobufPlan.SingleValue;
import io.embeddingexport.event.protobuf.ProtobufPlan.Sink;
import io.embeddingexport.event.protobuf.Step.Chunks;
import io.embeddingexport.event.protobuf.Step.EachEntry;
import io.embeddingexport.event.protobuf.Step.EachItem;
import io.embeddingexport.event.protobuf.Step.EachTensor;
import io.embeddingexport.event.protobuf.Step.Nested;
import io.embeddingexport.event.protobuf.Step.Numbers;
import io.embeddingexport.event.protobuf.Step.Strings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compiles the steps of tensors. Used once. */
final class TensorSteps {
  /** A tensor in the field of all is taken as it is. */
  private static final TensorSource AS_IT_IS = new TensorSource("", Part.VALUE);

  private final EventPlan plan;
  private final PlanParts parts;

  TensorSteps(EventPlan plan, PlanParts parts) {
    this.plan = plan;
    this.parts = parts;
  }

  /** The place of a tensor of its own. */
  int sink(int target) {
    return parts.newSink(new Sink(target, null, plan.name(target)));
  }

  /** The step of a field that is one tensor, be it a list or not. */
  @Nullable Step list(FieldDescriptor field, int sink, TensorSource source, int presence) {
    ValueType type = ValueType.of(field);
    if (!field.isRepeated()) {
      return one(field, sink, source, presence);
    }
    if (type == null) {
      parts.problem(
          parts.title(sink),
          "is "
              + PlanParts.typeOf(field)
              + (field.isMapField() ? "; write .KEY behind it" : "; write [0] behind it")
              + " to take one of them");
      return null;
    }
    if (!fits(type, sink, source)) {
      return null;
    }
    if (isStrings(type, source)) {
      return new Strings(sink, type == ValueType.STRING);
    }
    return type.isNumber() ? new Numbers(sink, type) : new Chunks(sink);
  }

  /**
   * The step of one value that is a tensor: a number, string or bytes, or a message that holds a
   * list.
   */
  @Nullable Step one(FieldDescriptor field, int sink, TensorSource source, int presence) {
    ValueType type = ValueType.of(field);
    if (type != null) {
      boolean isOne = type.isNumber() || isStrings(type, source);
      int defaultOf = isOne && !field.hasPresence() ? presence : SingleValue.NO_DEFAULT;
      return fits(type, sink, source) ? single(type, sink, defaultOf) : null;
    }
    if (field.getType() == FieldDescriptor.Type.GROUP) {
      parts.problem(parts.title(sink), "is " + PlanParts.typeOf(field));
      return null;
    }
    if (!parts.hasTypeOf(field, parts.title(sink))) {
      return null;
    }
    Descriptor message = field.getMessageType();
    int inner = parts.newCell();
    FieldDescriptor wrapped = WellKnownTypes.wrapped(message);
    FieldDescriptor list = wrapped == null ? onlyList(message, sink) : wrapped;
    Step step = list == null ? null : list(list, sink, source, inner);
    return step == null
        ? null
        : new Nested(new MessageSteps(inner, false, Map.of(list.getNumber(), step)));
  }

  private Step single(ValueType type, int sink, int defaultOf) {
    return parts.single(type, SingleValue.TENSOR, sink, defaultOf, false);
  }

  /** The one list of a message; null, and a problem, if it has none or several. */
  private @Nullable FieldDescriptor onlyList(Descriptor message, int sink) {
    List<FieldDescriptor> lists =
        message.getFields().stream()
            .filter(f -> f.isRepeated() && ValueType.of(f) != null)
            .toList();
    if (lists.isEmpty()) {
      lists = message.getFields().stream().filter(f -> ValueType.of(f) == ValueType.BYTES).toList();
    }
    if (lists.size() == 1) {
      return lists.get(0);
    }
    parts.problem(
        parts.title(sink),
        "is message "
            + message.getFullName()
            + (lists.isEmpty()
                ? ", which has no list of elements"
                : ", which has several lists: "
                    + String.join(", ", lists.stream().map(FieldDescriptor::getName).toList()))
            + "; write the path of the elements");
    return null;
  }

  private static boolean isStrings(ValueType type, TensorSource source) {
    return type == ValueType.STRING
        || (type == ValueType.BYTES && source.dataType() == DataType.STRING);
  }

  private boolean fits(ValueType type, int sink, TensorSource source) {
    // Bytes are what the mapping says.
    String problem = type == ValueType.BYTES ? null : source.misfit(type.element());
    if (problem != null) {
      parts.problem(parts.title(sink), problem);
    }
    return problem == null;
  }

  /** The step of the field that holds all tensors. */
  @Nullable Step all(FieldDescriptor field, String path) {
    if (field.isMapField()) {
      if (!PlanParts.hasStringKeys(field)) {
        parts.problem(path, "is a map whose keys are no strings, so its tensors have no names");
        return null;
      }
      return eachEntry(
          field.getMessageType().findFieldByNumber(ProtobufPlanCompiler.MAP_VALUE), path);
    }
    ValueType type = ValueType.of(field);
    if (field.isRepeated() && (type == null || !type.isNumber())) {
      return eachItem(field, path);
    }
    if (type != null || field.getType() == FieldDescriptor.Type.GROUP) {
      parts.problem(
          path,
          "is " + PlanParts.typeOf(field) + ", which does not hold tensors; write NAME: PATH");
      return null;
    }
    int presence = parts.newCell();
    Map<Integer, Step> steps = new TreeMap<>();
    for (FieldDescriptor inner : field.getMessageType().getFields()) {
      String title = path + "." + inner.getName();
      int sink = parts.newSink(new Sink(EventPlan.ALL_TENSORS, inner.getName(), title));
      Step step = list(inner, sink, AS_IT_IS, presence);
      if (step != null) {
        steps.put(inner.getNumber(), step);
      }
    }
    return new Nested(new MessageSteps(presence, true, steps));
  }

  private @Nullable Step eachEntry(FieldDescriptor value, String path) {
    PlanParts.Mark mark = parts.mark();
    int presence = parts.newCell();
    int sink = parts.newSink(new Sink(EventPlan.ALL_TENSORS, "", path));
    Step step = one(value, sink, AS_IT_IS, presence);
    if (step == null) {
      return null;
    }
    MessageSteps entry =
        new MessageSteps(presence, false, Map.of(ProtobufPlanCompiler.MAP_VALUE, step));
    return new EachEntry(entry, new EachTensor(sink, parts.since(mark), elements(value, sink)));
  }

  private @Nullable Step eachItem(FieldDescriptor field, String path) {
    PlanParts.Mark mark = parts.mark();
    int sink = parts.newSink(new Sink(EventPlan.ALL_TENSORS, "", path));
    Step step = one(field, sink, AS_IT_IS, PlanParts.NO_PRESENCE);
    return step == null
        ? null
        : new EachItem(step, new EachTensor(sink, parts.since(mark), elements(field, sink)));
  }

  /** The type of the elements of a tensor that {@link #one} takes; null for strings. */
  private @Nullable ElementType elements(FieldDescriptor field, int sink) {
    ValueType type = ValueType.of(field);
    if (type == null) {
      FieldDescriptor wrapped = WellKnownTypes.wrapped(field.getMessageType());
      FieldDescriptor list = wrapped == null ? onlyList(field.getMessageType(), sink) : wrapped;
      return list == null ? null : elements(list, sink);
    }
    return type == ValueType.BYTES ? AS_IT_IS.bytesOf() : type.element();
  }
}
