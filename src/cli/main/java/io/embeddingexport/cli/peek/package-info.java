/** {@code peek}: reads topics as a consumer of records would, and prints the messages as JSON. */
@NullMarked
package io.embeddingexport.cli.peek;

import org.jspecify.annotations.NullMarked;
