package io.embeddingexport.cli.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What the change of a model's key config came to.
 *
 * @param from the version before
 * @param to the version after
 * @param atEvent events sent before it was published
 * @param millisToFirst from when the broker had it until the first record under it was written, to
 *     be committed with the next checkpoint; -1: there was none
 * @param recordsUnderFrom records of the model that name the version before
 * @param recordsUnderTo records of the model that name the version after
 */
record ChangeOutcome(
    String model,
    long from,
    long to,
    int atEvent,
    long millisToFirst,
    int recordsUnderFrom,
    int recordsUnderTo) {

  /** Whether records came out under both versions. */
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
