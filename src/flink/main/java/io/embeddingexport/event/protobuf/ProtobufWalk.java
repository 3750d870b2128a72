package io.embeddingexport.event.protobuf;

import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.plan.EventWalk;
import io.embeddingexport.event.plan.MappedEvent;
import io.embeddingexport.event.protobuf.Step.Branch;
import io.embeddingexport.event.protobuf.Step.Chunks;
import io.embeddingexport.event.protobuf.Step.EachEntry;
import io.embeddingexport.event.protobuf.Step.EachItem;
import io.embeddingexport.event.protobuf.Step.EachTensor;
import io.embeddingexport.event.protobuf.Step.Items;
import io.embeddingexport.event.protobuf.Step.Keyed;
import io.embeddingexport.event.protobuf.Step.Nested;
import io.embeddingexport.event.protobuf.Step.Numbers;
import io.embeddingexport.event.protobuf.Step.Single;
import io.embeddingexport.event.protobuf.Step.Strings;
import java.util.Arrays;

/**
 * Reads events that are Protobuf messages, in one pass. Packed lists of fixed size stay where they
 * are.
 *
 * <p>It sees what protobuf-java's parser sees: the last of several single values, messages merged,
 * lists joined, packed or not. A field that the schema does not have, or has in another form, is
 * skipped. A list without elements is absent. Members of a oneof are fields like others.
 *
 * <p>It recurses once a step of a path. Values that no path leads to are not looked into.
 */
public final class ProtobufWalk implements EventWalk {
  private static final int MAP_KEY = ProtobufPlanCompiler.MAP_KEY;

  private final ProtobufPlan plan;
  private final ProtobufReader in = new ProtobufReader();
  private final WalkState state;
  private byte[] event = {};
  private int position;

  // The key of the entry that is read.
  private int keyFrom;
  private int keyTo;

  public ProtobufWalk(ProtobufPlan plan) {
    this.plan = plan;
    this.state = new WalkState(plan);
  }

  @Override
  public int position() {
    return position;
  }

  @Override
  public void read(byte[] bytes, int from, MappedEvent parts) throws BadEventException {
    event = bytes;
    position = from;
    in.reset(bytes, from, bytes.length);
    state.begin(bytes, parts);
    message(plan.root());
    position = -1;
    state.finish();
  }

  /** Reads fields up to the reader's end. */
  private void message(MessageSteps steps) throws BadEventException {
    state.see(steps);
    while (!in.isAtEnd()) {
      position = in.position();
      int tag = in.tag();
      Step step = steps.field(WireType.field(tag));
      if (step == null) {
        in.skip(tag);
      } else {
        field(step, tag);
      }
    }
  }

  private void field(Step step, int tag) throws BadEventException {
    int wireType = WireType.of(tag);
    if (step instanceof Numbers numbers) {
      numbers(numbers, tag);
    } else if (step instanceof Single single) {
      if (wireType == single.type().wireType()) {
        single(single);
      } else {
        in.skip(tag);
      }
    } else if (wireType == WireType.LENGTH) {
      delimited(step);
    } else {
      in.skip(tag);
    }
  }

  /** Takes a value that has its length before it. */
  private void delimited(Step step) throws BadEventException {
    if (step instanceof Single single) {
      single(single);
      return;
    }
    if (step instanceof Items items) {
      int index = Arrays.binarySearch(items.indexes(), state.next(items.cell()));
      if (index < 0) {
        in.advance(in.length());
      } else {
        delimited(items.steps()[index]);
      }
      return;
    }
    int length = in.length();
    int from = in.position();
    if (step instanceof Nested nested) {
      nested(nested.message(), from, length);
    } else if (step instanceof Chunks chunks) {
      state.chunk(chunks.sink(), from, length);
      in.advance(length);
    } else if (step instanceof Strings strings) {
      state.string(strings, from, length);
      in.advance(length);
    } else if (step instanceof Keyed keyed) {
      key(from, length);
      Branch branch = keyed.entries().find(event, keyFrom, keyTo);
      if (branch == null) {
        in.position(from + length);
      } else {
        state.forgetEntry(branch.subtree());
        entry(branch.entry(), from, length);
      }
    } else if (step instanceof EachEntry entry) {
      key(from, length);
      EachTensor tensor = entry.tensor();
      state.beginTensor(tensor, keyFrom, keyTo);
      entry(entry.entry(), from, length);
      state.endTensor(tensor);
    } else if (step instanceof EachItem item) {
      state.beginTensor(item.tensor());
      if (item.item() instanceof Nested nested) {
        nested(nested.message(), from, length);
      } else {
        state.single((Single) item.item(), from, from + length);
        in.advance(length);
      }
      state.endTensor(item.tensor());
    }
  }

  /** Reads an entry of a map. A message that is its value is there even if it is not sent. */
  private void entry(MessageSteps steps, int from, int length) throws BadEventException {
    if (steps.field(ProtobufPlanCompiler.MAP_VALUE) instanceof Nested value) {
      state.see(value.message());
    }
    nested(steps, from, length);
  }

  private void nested(MessageSteps steps, int from, int length) throws BadEventException {
    int outer = in.end();
    in.position(from);
    in.end(from + length);
    message(steps);
    in.end(outer);
  }

  private void single(Single single) throws BadEventException {
    if (single.type().wireType() == WireType.LENGTH) {
      int length = in.length();
      state.single(single, in.position(), in.position() + length);
      in.advance(length);
      return;
    }
    int from = in.position();
    state.number(single, from, single.type().number(in));
  }

  /** Finds an entry's key, which may follow the value. An absent one is empty. */
  private void key(int from, int length) throws BadEventException {
    int outer = in.end();
    in.end(from + length);
    keyFrom = from;
    keyTo = from;
    while (!in.isAtEnd()) {
      position = in.position();
      int tag = in.tag();
      if (WireType.field(tag) == MAP_KEY && WireType.of(tag) == WireType.LENGTH) {
        int keyLength = in.length();
        keyFrom = in.position();
        keyTo = keyFrom + keyLength;
        in.advance(keyLength);
      } else {
        in.skip(tag);
      }
    }
    in.end(outer);
  }

  private void numbers(Numbers step, int tag) throws BadEventException {
    ValueType type = step.type();
    int wireType = WireType.of(tag);
    if (wireType == WireType.LENGTH) {
      int length = in.length();
      if (length > 0) {
        packed(step, length);
      }
    } else if (wireType != type.wireType()) {
      in.skip(tag);
    } else if (type.isSpliced()) {
      int from = in.position();
      in.skipValue(wireType);
      state.run(step.sink(), type, from, in.position() - from);
    } else {
      state.element(step.sink(), type, type.number(in));
    }
  }

  private void packed(Numbers step, int length) throws BadEventException {
    ValueType type = step.type();
    int from = in.position();
    if (type.isSpliced()) {
      state.run(step.sink(), type, from, length);
      in.advance(length);
      return;
    }
    int outer = in.end();
    in.end(from + length);
    state.expect(step.sink(), type, count(type, from, length));
    while (!in.isAtEnd()) {
      state.element(step.sink(), type, type.number(in));
    }
    in.end(outer);
  }

  /** The number of elements of a packed list. */
  private int count(ValueType type, int from, int length) {
    if (type.wireType() != WireType.VARINT) {
      return length / (type.wireType() == WireType.FIXED32 ? Integer.BYTES : Long.BYTES);
    }
    int count = 0;
    for (int i = from; i < from + length; i++) {
      // The last byte of a varint has no high bit.
      count += ~event[i] >>> 7 & 1;
    }
    return count;
  }
}
