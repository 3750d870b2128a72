package io.embeddingexport.kafka;

import java.io.Serializable;
import java.util.Map;

/**
 * Where decisions go.
 *
 * @param records topic of records and tombstones, unless their model has its own
 * @param deadLetters topic of dead letters
 * @param byModel topic of each model that has its own. Used for tombstones alone, by their {@link
 *     HeaderNames#MODEL} header: a record brings its topic with it
 */
public record OutputTopics(String records, String deadLetters, Map<String, String> byModel)
    implements Serializable {

  public OutputTopics {
    byModel = Map.copyOf(byModel);
  }
}
