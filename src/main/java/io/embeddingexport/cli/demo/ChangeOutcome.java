package io.embeddingexport.cli.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The outcome of changing a model's key config.
 *
 * @param from the old version
 * @param to the new version
 * @param atEvent number of events sent before it was published
 * @param millisToFirst from the broker's receipt until the first record under it was written, to be
 *     committed with the next checkpoint; -1: none was
 * @param recordsUnderFrom records of the model that name the old version
 * @param recordsUnderTo records of the model that name the new version
 */
record ChangeOutcome(
    String model,
    long from,
    long to,
    int atEvent,
    long millisToFirst,
    int recordsUnderFrom,
    int recordsUnderTo) {

  /** Whether there are records of both versions. */
  boolean isShown() {
    return recordsUnderFrom > 0 && recordsUnderTo > 0;
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", model);
    json.put("from", from);
    json.put("to", to);
    json.put("atEvent", atEvent);
    json.put("millisToFirst", millisToFirst);
    json.put("recordsUnderFrom", recordsUnderFrom);
    json.put("recordsUnderTo", recordsUnderTo);
    return json;
  }
}
