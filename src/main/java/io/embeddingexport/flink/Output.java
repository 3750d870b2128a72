package io.embeddingexport.flink;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/** What the job's sink is given: decisions, and where the partitions of their inputs stand. */
@TypeInfo(OutputTypeInfo.class)
public sealed interface Output permits Decision, PartitionStart, PartitionProgress {}
