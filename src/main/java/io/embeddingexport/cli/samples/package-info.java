/** Events made up to try things with. */
@NullMarked
package io.embeddingexport.cli.samples;

import org.jspecify.annotations.NullMarked;
