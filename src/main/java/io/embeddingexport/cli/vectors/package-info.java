/**
 * The JSON forms that {@code encode} reads and {@code decode} prints: those of the golden vectors
 * ({@code src/test/resources/golden/README.md}), one value a line. Integers are exact to 64 bits,
 * and where bits or hex stand beside numbers or text, the bits or hex count.
 */
@NullMarked
package io.embeddingexport.cli.vectors;

import org.jspecify.annotations.NullMarked;
