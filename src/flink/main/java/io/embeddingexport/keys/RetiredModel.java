package io.embeddingexport.keys;

import org.apache.flink.annotation.PublicEvolving;
import org.jspecify.annotations.Nullable;

/**
 * A model whose key config was withdrawn. Its version stays known, so only a greater one brings the
 * model back. Immutable.
 *
 * @param version the greatest version the model had; 0 if none was known
 * @param outputTopic the topic of its records, for tombstones of its entities; null: the job's
 */
@PublicEvolving
public record RetiredModel(String model, long version, @Nullable String outputTopic)
    implements ModelState {}
