package io.embeddingexport.flink.types;

import io.embeddingexport.export.Outcome;
import io.embeddingexport.export.Outcome.Items;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * One input and its outcome: the sink writes it as a record, a dead letter or a tombstone, or skips
 * it.
 *
 * @param outcome not {@link Items} for the sink
 * @param item the item of the input that it is for, from 0; {@link #WHOLE} if the input is one
 */
@TypeInfo(DecisionTypeInfo.class)
@PublicEvolving
public record Decision(Envelope input, Outcome outcome, int item) implements Output {
  /** The item number of an outcome for the whole input. */
  public static final int WHOLE = -1;

  /** The decision on a whole input. */
  public Decision(Envelope input, Outcome outcome) {
    this(input, outcome, WHOLE);
  }

  /** A decision for each item of {@link Items}. */
  public List<Decision> ofItems(Items items) {
    List<Decision> decisions = new ArrayList<>();
    for (Outcome each : items.outcomes()) {
      decisions.add(new Decision(input, each, decisions.size()));
    }
    return decisions;
  }
}
