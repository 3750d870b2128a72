package io.embeddingexport.cli.keys;

import org.jspecify.annotations.Nullable;

/**
 * A message that should not be on a key-config topic.
 *
 * @param model null if the message's key names none
 * @param text what is wrong, beginning with the place, and what to do
 */
record TopicProblem(@Nullable String model, MessagePosition place, String text) {}
