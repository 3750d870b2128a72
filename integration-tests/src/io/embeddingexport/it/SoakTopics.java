package io.embeddingexport.it;

import java.util.List;

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

  String recordsOf(int model) {
    return SoakConfig.hasOwnTopic(model) ? ownRecords : records;
  }
}
