package io.embeddingexport.kafka.positions;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * The start of a partition.
 *
 * @param offset of the first input not exported yet
 */
public record Start(long offset, PositionMarker marker) {

  OffsetAndMetadata position() {
    return new OffsetAndMetadata(offset, marker.text());
  }
}
