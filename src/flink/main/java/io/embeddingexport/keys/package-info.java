/**
 * Key configs: their values, YAML and JSON form, validity, and the rule for replacing one by
 * another.
 */
@NullMarked
package io.embeddingexport.keys;

import org.jspecify.annotations.NullMarked;
