package io.embeddingexport.kafka.sink;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The topics of records and dead letters.
 *
 * @param records topic of records and tombstones, unless their decision names their model's own
 *     topic
 * @param deadLetters topic of dead letters
 * @param areSingle whether records of all models go to {@code records}, even if their model has its
 *     own topic
 */
public record OutputTopics(String records, String deadLetters, boolean areSingle)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** Topics of a job whose models may have their own topics. */
  public OutputTopics(String records, String deadLetters) {
    this(records, deadLetters, false);
  }

  /**
   * The topic of a model's records and tombstones.
   *
   * @param ofModel the model's own topic; null: none
   */
  public String records(@Nullable String ofModel) {
    return ofModel == null || areSingle ? records : ofModel;
  }
}
