package io.embeddingexport.event.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import io.embeddingexport.event.plan.EventPlan;
import io.embeddingexport.event.plan.InvalidSchemaException;
import io.embeddingexport.event.protobuf.Step.Subtree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mapping, compiled for a schema: the steps that lead to the mapping's parts. Immutable and
 * thread-safe.
 */
public final class ProtobufPlan {
  private final EventPlan plan;
  private final MessageSteps root;
  private final SingleValue[] singles;
  private final Sink[] sinks;
  private final @Nullable Timestamp timestamp;
  private final int cells;

  ProtobufPlan(
      EventPlan plan,
      MessageSteps root,
      List<SingleValue> singles,
      List<Sink> sinks,
      @Nullable Timestamp timestamp,
      int cells) {
    this.plan = plan;
    this.root = root;
    this.singles = singles.toArray(SingleValue[]::new);
    this.sinks = sinks.toArray(Sink[]::new);
    this.timestamp = timestamp;
    this.cells = cells;
  }

  /**
   * Compiles a plan for events of that message.
   *
   * @throws InvalidSchemaException if the message does not have what the mapping asks for; with
   *     every problem
   */
  public static ProtobufPlan of(EventPlan plan, Descriptor message) throws InvalidSchemaException {
    return new ProtobufPlanCompiler(plan).compile(message);
  }

  /** A plan of the message that {@link ProtobufSchemas#ofFile} finds. */
  public static ProtobufPlan ofFile(String source, byte[] file, String message, EventPlan plan)
      throws InvalidSchemaException {
    return of(plan, ProtobufSchemas.ofFile(source, file, message));
  }

  /** A plan of the message that {@link ProtobufSchemas#ofText} finds. */
  public static ProtobufPlan ofText(
      String source,
      String text,
      Map<String, String> imports,
      List<Integer> indexes,
      EventPlan plan)
      throws InvalidSchemaException {
    return of(plan, ProtobufSchemas.ofText(source, text, imports, indexes));
  }

  /** A part's name in messages. */
  String title(SingleValue single) {
    return plan.name(single.target());
  }

  MessageSteps root() {
    return root;
  }

  SingleValue[] singles() {
    return singles;
  }

  Sink[] sinks() {
    return sinks;
  }

  /** Null if the event time is none. */
  @Nullable Timestamp timestamp() {
    return timestamp;
  }

  int cells() {
    return cells;
  }

  /** The whole event. */
  Subtree whole() {
    return new Subtree(0, cells, 0, sinks.length, 0, singles.length);
  }

  /**
   * A value of which the last one counts. It is handed over when the event has been read.
   *
   * @param cell as in {@link Step.Single}
   * @param target a part of the event that is no tensor; {@link #TENSOR} for a tensor
   * @param sink of the tensor
   * @param defaultOf the presence cell of the message, if it then has the value 0 if it has none;
   *     {@link #NO_DEFAULT}
   * @param zeroIsAbsent whether the value 0 is as good as none, since writers leave it out
   * @param mark the bool or number of an enum that marks a deletion; null: it is none of these
   */
  record SingleValue(
      int cell,
      ValueType type,
      int target,
      int sink,
      int defaultOf,
      boolean zeroIsAbsent,
      @Nullable Long mark) {
    static final int TENSOR = -1;
    static final int NO_DEFAULT = -1;
  }

  /**
   * The place of a tensor.
   *
   * @param target in the plan, if it is a tensor of its own
   * @param name among the tensors of the field of all; null if it is a tensor of its own
   * @param title in messages
   */
  record Sink(int target, @Nullable String name, String title) {}

  /** The cells of a {@code google.protobuf.Timestamp}. */
  record Timestamp(int presence, int seconds, int nanos) {}
}
