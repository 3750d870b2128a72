/** {@code consume}: writes the records of a consumer group to a pipe, for readers of such pipes. */
@NullMarked
package io.embeddingexport.cli.consume;

import org.jspecify.annotations.NullMarked;
