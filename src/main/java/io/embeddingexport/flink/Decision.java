package io.embeddingexport.flink;

import io.embeddingexport.export.Outcome;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * One input with what became of it: what the sink writes as a record, a dead letter or a tombstone,
 * or passes over.
 */
@TypeInfo(DecisionTypeInfo.class)
public record Decision(Envelope input, Outcome outcome) implements Output {}
