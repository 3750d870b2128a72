package io.embeddingexport.event;

/**
 * Bytes that are no event.
 *
 * @param detail where and why, without any of the payload
 */
public record Undecodable(String detail) implements Decoded {}
