package io.embeddingexport.cli.samples;

import java.util.Map;

/**
 * A Kafka message with a sample event. Its arrays must not be changed.
 *
 * @param headers by name
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SampleMessage(byte[] key, byte[] value, Map<String, byte[]> headers) {
  public SampleMessage {
    headers = Map.copyOf(headers);
  }
}
