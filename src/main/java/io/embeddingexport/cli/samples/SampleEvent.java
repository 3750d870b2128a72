package io.embeddingexport.cli.samples;

/**
 * One made-up event, as a Kafka message.
 *
 * @param key the entity id, 8 bytes big-endian
 * @param value the event
 */
public record SampleEvent(byte[] key, byte[] value) {}
