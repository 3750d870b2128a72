package io.embeddingexport.kafka.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.flink.types.Envelope;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Inputs, and what is seen of an output's headers. */
public final class Inputs {
  static final byte[] KEY = hex("6b 00 ff");
  static final byte[] VALUE = hex("0b 80 ff 00");

  /** At {@code events:3:42}, at 1700000000000 ms. */
  static Envelope input(byte[] key, byte[] value, Header... headers) {
    return new Envelope(key, value, headers, 1_700_000_000_000L, "events", 3, 42);
  }

  static Envelope at(long timestampMillis) {
    return new Envelope(KEY, VALUE, Envelope.NO_HEADERS, timestampMillis, "events", 3, 42);
  }

  static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(UTF_8));
  }

  /** In order, each as {@code name=hex of the value}, or {@code name=null}. */
  static List<String> headers(ProducerRecord<byte[], byte[]> message) {
    return StreamSupport.stream(message.headers().spliterator(), false)
        .map(
            header ->
                header.key()
                    + "="
                    + (header.value() == null ? null : HexFormat.of().formatHex(header.value())))
        .toList();
  }

  public static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  private Inputs() {}
}
