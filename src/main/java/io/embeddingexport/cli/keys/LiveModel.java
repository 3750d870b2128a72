package io.embeddingexport.cli.keys;

import io.embeddingexport.keys.ModelState;

/**
 * What a key-config topic says of one model.
 *
 * @param place of the message that says so
 */
record LiveModel(ModelState entry, MessagePosition place) {}
