package io.embeddingexport.chaos.check;

import io.embeddingexport.chaos.ledger.LedgerEvents;

/**
 * What a run was.
 *
 * @param partitions of the input topic
 */
public record CheckPlan(
    String input, int partitions, String records, String deadLetters, LedgerEvents events) {}
