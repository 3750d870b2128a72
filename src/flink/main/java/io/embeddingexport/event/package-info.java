/**
 * Events and their encodings. Decoding never trusts a length and never throws past its boundary.
 */
@NullMarked
package io.embeddingexport.event;

import org.jspecify.annotations.NullMarked;
