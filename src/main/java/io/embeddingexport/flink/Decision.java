package io.embeddingexport.flink;

import io.embeddingexport.export.Outcome;

/**
 * One input with what became of it: what the sink writes as a record, a dead letter or a tombstone.
 */
public record Decision(Envelope input, Outcome outcome) {}
