package io.embeddingexport.audit;

import java.util.Map;

/**
 * The run to check.
 *
 * @param partitions of the input topic
 * @param configs the topic of key configs
 * @param records the topic of records and tombstones
 * @param ownTopics by model: the topic of its records, if its key config names another
 * @param keys number of Kafka keys
 * @param isTraceForwarded whether records keep the header {@link ExportChecker#TRACE}; dead letters
 *     always do
 */
public record CheckPlan(
    String input,
    int partitions,
    String configs,
    String records,
    Map<String, String> ownTopics,
    String deadLetters,
    int keys,
    boolean isTraceForwarded,
    Ledger ledger) {

  public CheckPlan {
    ownTopics = Map.copyOf(ownTopics);
  }

  String recordsOf(String model) {
    return ownTopics.getOrDefault(model, records);
  }
}
