package io.embeddingexport.kafka;

import java.util.Map;

/** Client properties that differ from Kafka's defaults unless the user says otherwise. */
public final class ClientDefaults {

  /**
   * For the source. Bigger fetches and polls: an event is small, and each poll costs a hand-over
   * between threads. The socket buffer is the operating system's to size.
   */
  public static final Map<String, String> SOURCE =
      Map.of(
          "max.partition.fetch.bytes", Integer.toString(4 << 20),
          "max.poll.records", "2000",
          "receive.buffer.bytes", "-1");

  /**
   * For the sink. Larger batches and a short wait to fill them gave 1.5 times the rate of Kafka's
   * defaults on records of 600 bytes. A request may be large, so that a dead letter of whatever the
   * input topic takes can leave.
   *
   * <p>Not compressed, Kafka's own default: the low bits of floats are close to noise, and trying
   * costs CPU on both sides. Set {@code compression.type} where tensors are integers, sparse or
   * repeat.
   */
  public static final Map<String, String> SINK =
      Map.of(
          "batch.size", Integer.toString(128 << 10),
          "linger.ms", "10",
          "buffer.memory", Long.toString(64L << 20),
          "compression.type", "none",
          "max.request.size", Integer.toString(16 << 20),
          "send.buffer.bytes", "-1",
          "acks", "all");

  private ClientDefaults() {}
}
