package io.embeddingexport.flink.types;

import io.embeddingexport.export.Outcome;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * One input and its outcome: the sink writes it as a record, a dead letter or a tombstone, or skips
 * it.
 */
@TypeInfo(DecisionTypeInfo.class)
@PublicEvolving
public record Decision(Envelope input, Outcome outcome) implements Output {}
