package io.embeddingexport.it;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The soak test's topics.
 *
 * @param ownRecords second topic of records, which some models' key configs name
 */
record SoakTopics(
    String events, String configs, String records, String ownRecords, String letters) {

  List<String> outputs() {
    return List.of(records, ownRecords, letters);
  }

  /** By name of the model: the topic that its key config names. */
  Map<String, String> ownTopics() {
    return IntStream.range(0, SoakEvent.MODELS)
        .filter(SoakConfig::hasOwnTopic)
        .boxed()
        .collect(Collectors.toMap(SoakConfig::modelName, model -> ownRecords));
  }
}
