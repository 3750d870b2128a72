package io.embeddingexport.event.protobuf;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The steps of a message's fields. Immutable. */
final class MessageSteps {
  /** Up to this number, a field is found by its number alone. */
  private static final int LARGEST_INDEX = 255;

  private final int presence;
  private final boolean hasAll;
  private final @Nullable Step[] byNumber;

  /** Fields of larger numbers, ascending. */
  private final int[] largeNumbers;

  private final Step[] largeSteps;

  /**
   * @param presence the cell that says whether the event has the message
   * @param hasAll whether its fields are the tensors of the event
   * @param steps by their fields' numbers
   */
  MessageSteps(int presence, boolean hasAll, Map<Integer, Step> steps) {
    this.presence = presence;
    this.hasAll = hasAll;
    int largest =
        steps.keySet().stream().filter(n -> n <= LARGEST_INDEX).max(Integer::compare).orElse(0);
    this.byNumber = new Step[largest + 1];
    this.largeNumbers =
        steps.keySet().stream().mapToInt(n -> n).filter(n -> n > LARGEST_INDEX).sorted().toArray();
    this.largeSteps = Arrays.stream(largeNumbers).mapToObj(steps::get).toArray(Step[]::new);
    for (int number = 1; number <= largest; number++) {
      byNumber[number] = steps.get(number);
    }
  }

  int presence() {
    return presence;
  }

  boolean hasAll() {
    return hasAll;
  }

  /** The step of a field; null if it is skipped. */
  @Nullable Step field(int number) {
    if (number < byNumber.length) {
      return byNumber[number];
    }
    if (number <= LARGEST_INDEX || largeNumbers.length == 0) {
      return null;
    }
    int index = Arrays.binarySearch(largeNumbers, number);
    return index < 0 ? null : largeSteps[index];
  }
}
