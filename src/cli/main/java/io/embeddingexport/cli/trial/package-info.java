/** What messages of a topic become, by a mapping and key configs that are not in force yet. */
@NullMarked
package io.embeddingexport.cli.trial;

import org.jspecify.annotations.NullMarked;
