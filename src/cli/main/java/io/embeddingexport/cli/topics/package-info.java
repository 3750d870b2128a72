/** {@code topics}: the topics that a job needs. */
@NullMarked
package io.embeddingexport.cli.topics;

import org.jspecify.annotations.NullMarked;
