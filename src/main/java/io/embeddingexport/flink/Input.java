package io.embeddingexport.flink;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/** What the job's source emits: messages, and where their partitions stand. */
@TypeInfo(InputTypeInfo.class)
public sealed interface Input permits Envelope, PartitionStart, PartitionProgress {}
