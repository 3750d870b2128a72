/**
 * The elements of the job's stream, and how Flink writes them and Thrift objects: serializers and
 * type information.
 */
@NullMarked
package io.embeddingexport.flink.types;

import org.jspecify.annotations.NullMarked;
