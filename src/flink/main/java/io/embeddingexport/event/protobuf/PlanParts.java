package io.embeddingexport.event.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.embeddingexport.event.plan.EventPlan;
import io.embeddingexport.event.protobuf.ProtobufPlan.SingleValue;
import io.embeddingexport.event.protobuf.ProtobufPlan.Sink;
import io.embeddingexport.event.protobuf.Step.Single;
import io.embeddingexport.event.protobuf.Step.Subtree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The cells, sinks, singles and problems of a plan while it is compiled. */
final class PlanParts {
  /** The value has no message around it that could give it a default. */
  static final int NO_PRESENCE = SingleValue.NO_DEFAULT;

  private final List<SingleValue> singles = new ArrayList<>();
  private final List<Sink> sinks = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private int cells;

  /** Where the parts of a step begin. */
  record Mark(int cell, int sink, int single) {}

  Mark mark() {
    return new Mark(cells, sinks.size(), singles.size());
  }

  Subtree since(Mark mark) {
    return new Subtree(mark.cell, cells, mark.sink, sinks.size(), mark.single, singles.size());
  }

  int newCell() {
    return cells++;
  }

  /** Two cells: of an offset, and of an end or a number. */
  int newSpan() {
    cells += 2;
    return cells - 2;
  }

  /** A value of which the last one counts, as {@link SingleValue} describes it. */
  Single single(ValueType type, int target, int sink, int defaultOf, boolean zeroIsAbsent) {
    int cell = newSpan();
    singles.add(new SingleValue(cell, type, target, sink, defaultOf, zeroIsAbsent, null));
    return new Single(cell, type);
  }

  /** A bool or enum of which the last one counts: {@code mark} marks a deletion. */
  Single deletion(ValueType type, long mark) {
    int cell = newSpan();
    singles.add(
        new SingleValue(
            cell,
            type,
            EventPlan.DELETION,
            SingleValue.TENSOR,
            SingleValue.NO_DEFAULT,
            false,
            mark));
    return new Single(cell, type);
  }

  int newSink(Sink sink) {
    sinks.add(sink);
    return sinks.size() - 1;
  }

  void problem(String path, String what) {
    problems.add(path + " " + what);
  }

  String title(int sink) {
    return sinks.get(sink).title();
  }

  List<SingleValue> singles() {
    return singles;
  }

  List<Sink> sinks() {
    return sinks;
  }

  int cells() {
    return cells;
  }

  List<String> problems() {
    return problems;
  }

  /** Whether a value of that type can be that part of an event, which is no tensor. */
  static boolean fits(ValueType type, int target) {
    if (type == ValueType.STRING || type == ValueType.BYTES) {
      return true;
    }
    boolean whole = !type.isFloatingPoint() && type != ValueType.BOOL && type != ValueType.ENUM;
    return switch (target) {
      case EventPlan.MODEL -> false;
      case EventPlan.EVENT_TIME -> whole || type.isFloatingPoint();
      default -> whole;
    };
  }

  /** Whether the schema has a field's type. If not, the problem is stated. */
  boolean hasTypeOf(FieldDescriptor field, String path) {
    FieldDescriptor value =
        field.isMapField()
            ? field.getMessageType().findFieldByNumber(ProtobufPlanCompiler.MAP_VALUE)
            : field;
    boolean missing =
        value.getJavaType() == FieldDescriptor.JavaType.MESSAGE
            && value.getMessageType().isPlaceholder();
    if (missing) {
      problem(
          path,
          "is of type "
              + value.getMessageType().getFullName()
              + ", which is in another file; "
              + ProtobufSchemas.MAKE
              + ", and name it in schema");
    }
    return !missing;
  }

  /** What a part of an event can be made of. */
  static String wanted(int target) {
    return switch (target) {
      case EventPlan.ENTITY_ID -> "the entity id: a whole number, string or bytes";
      case EventPlan.MODEL -> "the model: a string or bytes";
      case EventPlan.EVENT_TIME ->
          "the event time: a number, a string or a google.protobuf.Timestamp";
      case EventPlan.DELETION -> "what marks a deletion: a string, whole number, bool or enum";
      default -> "the key-config version: a whole number or string";
    };
  }

  /** A field's type, for messages: {@code string}, {@code message a.B}. */
  static String typeOf(FieldDescriptor field) {
    String type =
        switch (field.getType()) {
          case MESSAGE -> "message " + field.getMessageType().getFullName();
          case GROUP -> "a group, which is not supported";
          default -> field.getType().name().toLowerCase(Locale.ROOT);
        };
    return field.isMapField() ? "a map" : field.isRepeated() ? "repeated " + type : type;
  }

  static boolean hasStringKeys(FieldDescriptor map) {
    return map.getMessageType().findFieldByNumber(ProtobufPlanCompiler.MAP_KEY).getType()
        == FieldDescriptor.Type.STRING;
  }
}
