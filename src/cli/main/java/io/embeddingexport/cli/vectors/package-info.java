/**
 * The JSON forms that {@code encode} reads and {@code decode} prints: those of the golden vectors
 * ({@code src/datarecord/test/resources/golden/README.md}), one value per line. Integers are exact
 * to 64 bits. If bits or hex are given with numbers or text, the bits or hex count.
 */
@NullMarked
package io.embeddingexport.cli.vectors;

import org.jspecify.annotations.NullMarked;
