package io.embeddingexport.export;

import io.embeddingexport.export.Outcome.Items;
import io.embeddingexport.export.Outcome.Rejected;
import java.util.List;

/**
 * What becomes of a dead letter, from a new decision on its input: everything that the letter
 * stands for, or nothing. So a letter of which a part is still rejected stays whole, and no part of
 * it can come out again when the rest is mended.
 */
public final class LetterOutcome {
  /** The item number of a letter that stands for its whole input. */
  public static final int WHOLE = -1;

  /**
   * The part of a decision that is the letter's.
   *
   * @param decided on the whole input
   * @param item that the letter is for; {@link #WHOLE} if it is for the whole input
   * @return a rejection if the letter stays; never {@link Items} with a rejection among them
   */
  public static Outcome of(Outcome decided, int item) {
    if (item == WHOLE) {
      return decided instanceof Items items ? whole(items) : decided;
    }
    if (decided instanceof Items items) {
      List<Outcome> outcomes = items.outcomes();
      return item < outcomes.size() ? outcomes.get(item) : otherItems(item, outcomes.size());
    }
    // A record of the whole input would repeat those that its other items became.
    return decided instanceof Rejected ? decided : otherItems(item, 1);
  }

  private static Outcome whole(Items items) {
    for (Outcome outcome : items.outcomes()) {
      if (outcome instanceof Rejected) {
        return outcome;
      }
    }
    return items;
  }

  private static Rejected otherItems(int item, int count) {
    return new Rejected(
        RejectReason.UNDECODABLE,
        "the letter is for item "
            + item
            + " of its input, which now gives "
            + (count == 1 ? "1 event" : count + " events")
            + "; decode it with the mapping that it was rejected under",
        null,
        0);
  }

  private LetterOutcome() {}
}
