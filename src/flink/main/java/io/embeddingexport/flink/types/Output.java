package io.embeddingexport.flink.types;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * An element for the job's sink: a decision, those on a dead letter, or the position of an input
 * partition.
 */
@PublicEvolving
@TypeInfo(OutputTypeInfo.class)
public sealed interface Output permits Decision, Replayed, PartitionStart, PartitionProgress {}
