package io.embeddingexport.chaos.check;

import io.embeddingexport.chaos.ledger.LedgerEvents;

/**
 * What a run was.
 *
 * @param partitions of the input topic
 * @param configs the topic of key configs
 */
public record CheckPlan(
    String input,
    int partitions,
    String configs,
    String records,
    String deadLetters,
    LedgerEvents events) {}
