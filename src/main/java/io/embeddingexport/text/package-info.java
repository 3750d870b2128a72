/**
 * Text that people write and read: YAML and JSON read strictly, text from outside made safe for
 * messages, and suggestions for mistyped words.
 */
@NullMarked
package io.embeddingexport.text;

import org.jspecify.annotations.NullMarked;
