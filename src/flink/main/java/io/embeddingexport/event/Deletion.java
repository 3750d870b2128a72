package io.embeddingexport.event;

/**
 * A message that deletes its entity's record: a tombstone in another form.
 *
 * @param model whose record it deletes
 */
public record Deletion(String model) implements DecodeResult {}
