/**
 * Coverage-guided fuzzing of every decoder of bytes from outside; {@code integration-tests/fuzz}.
 */
@NullMarked
package io.embeddingexport.fuzz;

import org.jspecify.annotations.NullMarked;
