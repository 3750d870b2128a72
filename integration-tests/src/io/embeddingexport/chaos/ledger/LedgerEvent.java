package io.embeddingexport.chaos.ledger;

/**
 * One input.
 *
 * @param sequence its number
 * @param model number of its model
 * @param entity number of its entity, which its key names
 * @param value null for a tombstone
 * @param vector the bytes of its vector, little-endian, which its record must hold; empty where
 *     there is none
 */
public record LedgerEvent(
    long sequence,
    LedgerKind kind,
    int model,
    int entity,
    byte[] key,
    byte[] value,
    byte[] vector) {}
