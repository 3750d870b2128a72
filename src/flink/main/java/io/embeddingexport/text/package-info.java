/**
 * Text that people write and read: strict YAML and JSON, safe external text for messages, and
 * suggestions for mistyped words.
 */
@NullMarked
package io.embeddingexport.text;

import org.jspecify.annotations.NullMarked;
