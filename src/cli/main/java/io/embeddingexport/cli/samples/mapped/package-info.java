/**
 * Sample events as a mapping describes them: a tree of values at the mapping's paths, written as
 * JSON, Avro, Protobuf or raw bytes.
 */
@NullMarked
package io.embeddingexport.cli.samples.mapped;

import org.jspecify.annotations.NullMarked;
