package io.embeddingexport.flink.types;

import java.util.List;
import org.apache.flink.annotation.PublicEvolving;

/**
 * What the input of a dead letter becomes now. The decisions are on the original input, but the
 * position that moves is the letter's.
 *
 * @param decisions one, or one for each item of the input; none of them is a rejection
 * @param read the position after the letter
 */
@PublicEvolving
public record Replayed(List<Decision> decisions, PartitionProgress read) implements Output {

  public Replayed {
    decisions = List.copyOf(decisions);
  }
}
