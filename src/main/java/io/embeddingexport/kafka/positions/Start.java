package io.embeddingexport.kafka.positions;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * Where a partition starts.
 *
 * @param offset of the first input that is not exported yet
 * @param isClaimed whether just that is committed already
 */
public record Start(long offset, PositionMarker marker, boolean isClaimed) {

  OffsetAndMetadata claim() {
    return new OffsetAndMetadata(offset, marker.text());
  }
}
