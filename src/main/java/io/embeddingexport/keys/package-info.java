/**
 * What a key config is: its values, its YAML and JSON form, what makes it valid, and when one
 * replaces another.
 */
@NullMarked
package io.embeddingexport.keys;

import org.jspecify.annotations.NullMarked;
