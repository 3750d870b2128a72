/**
 * Sample events: made from any key config, all of them good, each a function of a seed and its
 * number; and how they are sent.
 */
@NullMarked
package io.embeddingexport.cli.samples;

import org.jspecify.annotations.NullMarked;
