package io.embeddingexport.flink.types;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/** An element of the job's source: a message, or a partition's position. */
@PublicEvolving
@TypeInfo(InputTypeInfo.class)
public sealed interface Input permits Envelope, PartitionStart, PartitionProgress {}
