package io.embeddingexport.cli.keys;

import io.embeddingexport.keys.KeyConfigEntry;

/**
 * What a key-config topic says of one model.
 *
 * @param place of the message that says so
 */
record StandingModel(KeyConfigEntry entry, Place place) {}
