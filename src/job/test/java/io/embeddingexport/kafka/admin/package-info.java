/** Tests of where a start begins, and what it refuses. */
@NullMarked
package io.embeddingexport.kafka.admin;

import org.jspecify.annotations.NullMarked;
