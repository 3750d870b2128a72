package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.datarecord.DataRecordReader;
import io.embeddingexport.datarecord.MalformedRecordException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** A message that the job wrote. */
record OutputMessage(ConsumerRecord<byte[], byte[]> message) {

  String topic() {
    return message.topic();
  }

  byte[] key() {
    return message.key();
  }

  byte[] value() {
    return message.value();
  }

  /** The text of the last header of a name; there must be one. */
  String header(String name) {
    Header header = message.headers().lastHeader(name);
    if (header == null) {
      throw new AssertionError(this + " has no header " + name);
    }
    return new String(header.value(), UTF_8);
  }

  /** What its value holds, as a DataRecord; what is wrong with it if it is none. */
  String content() {
    try {
      return DataRecordReader.read(message.value()).toString();
    } catch (MalformedRecordException e) {
      return e.getMessage();
    }
  }

  /** Where it stands. */
  @Override
  public String toString() {
    return message.topic() + "-" + message.partition() + "@" + message.offset();
  }
}
