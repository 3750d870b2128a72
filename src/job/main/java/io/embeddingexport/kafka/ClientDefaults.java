package io.embeddingexport.kafka;

import java.util.Map;

/** Client properties that differ from Kafka's defaults unless the user overrides them. */
public final class ClientDefaults {

  /**
   * For the source. Fetches and polls are larger: an event is small, and each poll costs a thread
   * hand-over. The operating system sizes the socket buffer.
   */
  public static final Map<String, String> SOURCE =
      Map.of(
          "max.partition.fetch.bytes", Integer.toString(4 << 20),
          "max.poll.records", "2000",
          "receive.buffer.bytes", "-1");

  /**
   * For the sink. Larger batches and a short wait to fill them gave 1.5 times the rate of Kafka's
   * defaults on records of 600 bytes. The request limit is high enough for a dead letter of the
   * largest input.
   *
   * <p>No compression, as in Kafka's defaults: the low bits of floats are close to noise, and
   * compressing them costs CPU on both sides. Set {@code compression.type} if tensors are integers,
   * sparse or repeated.
   */
  public static final Map<String, String> SINK =
      Map.of(
          "batch.size",
          Integer.toString(128 << 10),
          "linger.ms",
          "10",
          "buffer.memory",
          Long.toString(64L << 20),
          "compression.type",
          "none",
          "max.request.size",
          Integer.toString(16 << 20),
          "send.buffer.bytes",
          "-1");

  private ClientDefaults() {}
}
