package io.embeddingexport.kafka;

import java.io.Serializable;

/**
 * Where decisions go.
 *
 * @param records topic of records and tombstones, unless their model has its own, which they bring
 *     with them
 * @param deadLetters topic of dead letters
 */
public record OutputTopics(String records, String deadLetters) implements Serializable {}
