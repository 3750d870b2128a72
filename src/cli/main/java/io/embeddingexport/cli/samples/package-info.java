/**
 * Sample events: made from any key config, all good, each a function of a seed and its number; ways
 * to spoil them; the records they must become. Also sends them.
 */
@NullMarked
package io.embeddingexport.cli.samples;

import org.jspecify.annotations.NullMarked;
