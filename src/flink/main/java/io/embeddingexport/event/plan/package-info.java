/**
 * Compiled mappings. A format walks its bytes and hands over what the mapping asks for; the rest is
 * the same for all formats.
 */
@NullMarked
package io.embeddingexport.event.plan;

import org.jspecify.annotations.NullMarked;
