package io.embeddingexport.event.protobuf;

import io.embeddingexport.event.NameTable;
import io.embeddingexport.event.mapping.ElementType;
import org.jspecify.annotations.Nullable;

/**
 * What a walk does with a field of a message.
 *
 * <p>A <em>cell</em> is a long of the walk's state, a <em>sink</em> the place of a tensor.
 */
sealed interface Step {

  /**
   * Remembers the value; the last one counts.
   *
   * @param cell of the value's offset + 1; its end, or the number itself, is in the next cell
   */
  record Single(int cell, ValueType type) implements Step {}

  /** Adds elements of a list of numbers. */
  record Numbers(int sink, ValueType type) implements Step {}

  /** Adds elements that are sent as bytes. */
  record Chunks(int sink) implements Step {}

  /**
   * Adds a string.
   *
   * @param utf8 whether it must be UTF-8
   */
  record Strings(int sink, boolean utf8) implements Step {}

  /** Walks a message. */
  record Nested(MessageSteps message) implements Step {}

  /**
   * Takes elements of a list.
   *
   * @param cell of the number of elements so far
   * @param indexes of the elements, ascending
   * @param steps of those elements
   */
  @SuppressWarnings("ArrayRecordComponent") // the hot path; never compared
  record Items(int cell, int[] indexes, Step[] steps) implements Step {}

  /** Walks the entries of a map with these keys. A key given again replaces its value. */
  record Keyed(NameTable<Branch> entries) implements Step {}

  /**
   * An entry of a map.
   *
   * @param entry its steps for the value, field 2
   */
  record Branch(MessageSteps entry, Subtree subtree) {}

  /** Takes each entry of a map as a tensor by name. */
  record EachEntry(MessageSteps entry, EachTensor tensor) implements Step {}

  /** Takes each element of a list as a tensor by position. */
  record EachItem(Step item, EachTensor tensor) implements Step {}

  /**
   * One of several tensors.
   *
   * @param subtree what begins anew for each
   * @param empty the type of one that has no elements; null for strings
   */
  record EachTensor(int sink, Subtree subtree, @Nullable ElementType empty) {}

  /** The cells, sinks and singles under a step, as ranges without their ends. */
  record Subtree(
      int cellFrom, int cellTo, int sinkFrom, int sinkTo, int singleFrom, int singleTo) {}
}
