package io.embeddingexport.cli.keys;

import io.embeddingexport.keys.ModelState;

/**
 * The state of one model on a key-config topic.
 *
 * @param place position of its message
 */
record LiveModel(ModelState entry, MessagePosition place) {}
