package io.embeddingexport.event;

import io.embeddingexport.datarecord.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A message that deletes its entity's record: a tombstone in another form.
 *
 * @param model whose record it deletes
 * @param entityKey the Kafka key of the entity's records if their events have none; null: the
 *     message has no entity id
 */
public record Deletion(String model, @Nullable Bytes entityKey) implements DecodeResult {}
