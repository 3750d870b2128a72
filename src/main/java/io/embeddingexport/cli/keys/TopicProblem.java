package io.embeddingexport.cli.keys;

import org.jspecify.annotations.Nullable;

/**
 * A message that should not be on a key-config topic.
 *
 * @param model null if the message's key names none
 * @param text the problem, beginning with the place, and the remedy
 */
record TopicProblem(@Nullable String model, MessagePosition place, String text) {}
