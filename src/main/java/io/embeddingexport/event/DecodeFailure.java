package io.embeddingexport.event;

/**
 * Bytes that are no event.
 *
 * @param detail where and why, without any of the payload
 */
public record DecodeFailure(String detail) implements DecodeResult {}
