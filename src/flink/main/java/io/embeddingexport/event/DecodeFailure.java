package io.embeddingexport.event;

/**
 * Bytes that are not an event.
 *
 * @param detail place and reason; nothing of the payload
 */
public record DecodeFailure(String detail) implements DecodeResult {}
