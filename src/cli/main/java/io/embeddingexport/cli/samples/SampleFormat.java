package io.embeddingexport.cli.samples;

import io.embeddingexport.event.EventFormat;

/** Turns events into messages. Not thread-safe. */
interface SampleFormat {

  /**
   * The message's value.
   *
   * @param eventTimeMillis since the epoch
   */
  byte[] write(SampleEvent event, long eventTimeMillis);

  static SampleFormat of(EventFormat format) {
    return switch (format) {
      case THRIFT -> new ThriftSampleFormat();
      case JSON -> new JsonSampleFormat();
      case AVRO, PROTOBUF, RAW ->
          throw new IllegalArgumentException("there are no samples in " + format);
    };
  }
}
