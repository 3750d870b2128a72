/**
 * For programs that read and write records as objects of the generated class: serializers of
 * Kafka's client. Needs libthrift and Kafka's client, but not Flink.
 */
@NullMarked
package io.embeddingexport.serde;

import org.jspecify.annotations.NullMarked;
