package io.embeddingexport.event.protobuf;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.mapping.ElementType;
import io.embeddingexport.event.mapping.EventTimeUnit;
import io.embeddingexport.event.plan.EventPlan;
import io.embeddingexport.event.plan.MappedEvent;
import io.embeddingexport.event.plan.StringContent;
import io.embeddingexport.event.plan.TensorValue;
import io.embeddingexport.event.protobuf.ProtobufPlan.SingleValue;
import io.embeddingexport.event.protobuf.ProtobufPlan.Sink;
import io.embeddingexport.event.protobuf.ProtobufPlan.Timestamp;
import io.embeddingexport.event.protobuf.Step.EachTensor;
import io.embeddingexport.event.protobuf.Step.Single;
import io.embeddingexport.event.protobuf.Step.Strings;
import io.embeddingexport.event.protobuf.Step.Subtree;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a walk has found of an event. A single value counts only if no other follows it, so it is
 * handed over when the event has been read. Reused; not thread-safe.
 */
final class WalkState {
  private static final int NANOS_PER_MILLI = 1_000_000;

  /** Leaves room for the nanoseconds, at most three seconds. */
  private static final long MAX_SECONDS = Long.MAX_VALUE / 1_000 - 3;

  private final ProtobufPlan plan;
  private final SingleValue[] singles;
  private final Sink[] sinks;
  private final Subtree whole;
  private final long[] cells;
  private final @Nullable TensorValue[] tensors;
  private final @Nullable StringContent[] strings;
  private final TensorsByName names = new TensorsByName();

  private byte[] event = {};
  private @Nullable MappedEvent parts;

  WalkState(ProtobufPlan plan) {
    this.plan = plan;
    this.singles = plan.singles();
    this.sinks = plan.sinks();
    this.whole = plan.whole();
    this.cells = new long[plan.cells()];
    this.tensors = new TensorValue[sinks.length];
    this.strings = new StringContent[sinks.length];
  }

  void begin(byte[] bytes, MappedEvent newParts) {
    event = bytes;
    if (parts != newParts) {
      parts = newParts;
    }
    names.clear();
    Arrays.fill(cells, 0);
    for (int sink = 0; sink < sinks.length; sink++) {
      TensorValue own = sinks[sink].name() == null ? newParts.tensor(sinks[sink].target()) : null;
      // Mostly the same as for the event before. Under G1, a store may cost a memory barrier.
      if (tensors[sink] != own) {
        tensors[sink] = own;
      }
      if (strings[sink] != null) {
        strings[sink].clear();
      }
    }
  }

  /** States that the event has a message. */
  void see(MessageSteps message) {
    cells[message.presence()] = 1;
    if (message.hasAll()) {
      parts.beginAll(false);
    }
  }

  /** The index of a list's next element. */
  int next(int cell) {
    return (int) cells[cell]++;
  }

  /**
   * Remembers a number.
   *
   * @param bits as {@link ValueType#number} reads them
   */
  void number(Single step, int from, long bits) {
    cells[step.cell()] = from + 1;
    cells[step.cell() + 1] = bits;
  }

  /** Remembers where a text, or bytes, are. */
  void single(Single step, int from, int to) {
    cells[step.cell()] = from + 1;
    cells[step.cell() + 1] = to;
  }

  /** Forgets an entry of a map, which another replaces. */
  void forgetEntry(Subtree subtree) {
    forget(subtree);
    for (int sink = subtree.sinkFrom(); sink < subtree.sinkTo(); sink++) {
      if (sinks[sink].name() != null) {
        tensors[sink] = null;
        names.clear();
        parts.forgetAll();
      }
    }
  }

  /** Forgets what was found under a step. */
  private void forget(Subtree subtree) {
    Arrays.fill(cells, subtree.cellFrom(), subtree.cellTo(), 0);
    for (int sink = subtree.sinkFrom(); sink < subtree.sinkTo(); sink++) {
      if (tensors[sink] != null) {
        tensors[sink].clear();
      }
      if (strings[sink] != null) {
        strings[sink].beginTensor();
      }
    }
  }

  /** Begins a tensor by name, which replaces one of the same name. */
  void beginTensor(EachTensor each, int nameFrom, int nameTo) throws BadEventException {
    parts.beginAll(false);
    requireUtf8(sinks[each.sink()].title(), nameFrom, nameTo);
    String name = Objects.requireNonNull(parts.name(event, nameFrom, nameTo));
    TensorValue tensor = names.find(name);
    if (tensor == null) {
      tensor = parts.next(name);
      names.add(name, tensor);
    }
    tensors[each.sink()] = tensor;
    forget(each.subtree());
  }

  /** Begins a tensor by position. */
  void beginTensor(EachTensor each) throws BadEventException {
    parts.beginAll(true);
    forget(each.subtree());
    tensors[each.sink()] = parts.next(null);
  }

  /** Completes a tensor, which is there even if it has no elements. */
  void endTensor(EachTensor each) throws BadEventException {
    finish(each.subtree());
    TensorValue tensor = Objects.requireNonNull(tensors[each.sink()]);
    if (!tensor.isPresent()) {
      ElementType empty = each.empty();
      if (empty == null) {
        tensor.set(new StringContent().tensor(null));
      } else {
        tensor.begin(empty);
      }
    }
    forget(each.subtree(), tensor);
  }

  /** Forgets what was found under a step, but keeps the tensor that it became. */
  private void forget(Subtree subtree, TensorValue kept) {
    for (int sink = subtree.sinkFrom(); sink < subtree.sinkTo(); sink++) {
      tensors[sink] = tensors[sink] == kept ? null : tensors[sink];
    }
    forget(subtree);
  }

  private TensorValue tensor(int sink) throws BadEventException {
    TensorValue tensor = tensors[sink];
    if (tensor == null) {
      tensor = parts.next(sinks[sink].name());
      tensors[sink] = tensor;
    }
    return tensor;
  }

  void run(int sink, ValueType type, int from, int length) throws BadEventException {
    try {
      tensor(sink).run(Objects.requireNonNull(type.element()), event, from, length);
    } catch (BadEventException e) {
      throw of(sink, e);
    }
  }

  void expect(int sink, ValueType type, int count) throws BadEventException {
    try {
      tensor(sink).expect(Objects.requireNonNull(type.element()), count);
    } catch (BadEventException e) {
      throw of(sink, e);
    }
  }

  /** Adds one element. */
  void element(int sink, ValueType type, long element) throws BadEventException {
    try {
      tensor(sink).whole(Objects.requireNonNull(type.element()), type.requireSigned(element));
    } catch (BadEventException e) {
      throw of(sink, e);
    }
  }

  void chunk(int sink, int from, int length) throws BadEventException {
    if (length == 0) {
      return;
    }
    try {
      tensor(sink).bytes(event, from, length);
    } catch (BadEventException e) {
      throw of(sink, e);
    }
  }

  void string(Strings step, int from, int length) throws BadEventException {
    if (step.utf8()) {
      requireUtf8(sinks[step.sink()].title(), from, from + length);
    }
    if (strings[step.sink()] == null) {
      strings[step.sink()] = new StringContent();
    }
    strings[step.sink()].add(event, from, length);
  }

  private void requireUtf8(String title, int from, int to) throws BadEventException {
    if (!Utf8Check.isValid(event, from, to)) {
      throw new BadEventException(title + " is not UTF-8; send a text");
    }
  }

  /** Hands over what was found in the whole event. */
  void finish() throws BadEventException {
    finish(whole);
    Timestamp timestamp = plan.timestamp();
    if (timestamp != null && cells[timestamp.presence()] != 0) {
      long seconds = numberOrZero(timestamp.seconds());
      long nanos = numberOrZero(timestamp.nanos());
      // No ArithmeticException, whose stack trace costs memory.
      if (seconds > MAX_SECONDS || seconds < -MAX_SECONDS) {
        throw new BadEventException("the event time is beyond 64-bit milliseconds");
      }
      long millis = seconds * 1_000 + Math.floorDiv(nanos, NANOS_PER_MILLI);
      parts.time(millis, EventTimeUnit.MILLIS);
    }
  }

  private long numberOrZero(int cell) {
    return cells[cell] == 0 ? 0 : cells[cell + 1];
  }

  private void finish(Subtree subtree) throws BadEventException {
    for (int i = subtree.singleFrom(); i < subtree.singleTo(); i++) {
      SingleValue single = singles[i];
      if (cells[single.cell()] != 0) {
        value(single, (int) cells[single.cell()] - 1, cells[single.cell() + 1]);
      } else if (single.defaultOf() != SingleValue.NO_DEFAULT && cells[single.defaultOf()] != 0) {
        zero(single);
      }
    }
    for (int sink = subtree.sinkFrom(); sink < subtree.sinkTo(); sink++) {
      StringContent elements = strings[sink];
      if (elements != null && !elements.isEmpty()) {
        set(sink, elements);
        elements.beginTensor();
      }
    }
  }

  private void set(int sink, StringContent elements) throws BadEventException {
    try {
      tensor(sink).set(elements.tensor(null));
    } catch (BadEventException e) {
      throw of(sink, e);
    }
  }

  /** Hands over a value: a text from an offset to the one in {@code bits}, or a number's bits. */
  private void value(SingleValue single, int from, long bits) throws BadEventException {
    ValueType type = single.type();
    if (single.target() == SingleValue.TENSOR) {
      tensor(single, from, bits);
    } else if (single.mark() != null) {
      parts.deletes(bits == single.mark());
    } else if (!type.isNumber()) {
      text(single, from, (int) bits);
    } else if (type.isFloatingPoint()) {
      double value = type.real(bits);
      if (value != 0 || !single.zeroIsAbsent()) {
        parts.real(single.target(), value);
      }
    } else if (bits != 0 || !single.zeroIsAbsent()) {
      parts.whole(single.target(), bits);
    }
  }

  private void text(SingleValue single, int from, int to) throws BadEventException {
    int target = single.target();
    if (from == to && target != EventPlan.ENTITY_ID) {
      // In proto3, an empty text is as good as none.
      return;
    }
    // A model is checked if it is not known.
    if (single.type() == ValueType.STRING && target != EventPlan.MODEL) {
      requireUtf8(plan.title(single), from, to);
    }
    parts.text(target, event, from, to);
  }

  private void tensor(SingleValue single, int from, long bits) throws BadEventException {
    ValueType type = single.type();
    int sink = single.sink();
    if (type.isSpliced()) {
      run(sink, type, from, Objects.requireNonNull(type.element()).bytes());
    } else if (type.isNumber()) {
      element(sink, type, bits);
    } else if (type == ValueType.BYTES && tensor(sink).source().dataType() != DataType.STRING) {
      chunk(sink, from, (int) bits - from);
    } else {
      string(new Strings(sink, type == ValueType.STRING), from, (int) bits - from);
    }
  }

  private void zero(SingleValue single) throws BadEventException {
    if (single.target() != SingleValue.TENSOR) {
      if (single.type().isNumber()) {
        parts.whole(single.target(), 0);
      }
      return;
    }
    ElementType element = single.type().element();
    if (element == null) {
      string(new Strings(single.sink(), false), 0, 0);
    } else if (element.isFloatingPoint()) {
      tensor(single.sink()).real(element, 0);
    } else {
      tensor(single.sink()).whole(element, 0);
    }
  }

  private BadEventException of(int sink, BadEventException e) {
    return new BadEventException(sinks[sink].title() + " " + e.getMessage());
  }
}
