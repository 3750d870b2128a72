package io.embeddingexport.flink.types;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Envelopes between operators that are not chained.
 *
 * <pre>
 * envelope = key:nullable-bytes value:nullable-bytes
 *            count:i32 (name:text value:nullable-bytes)*       headers
 *            timestamp:i64 topic:text partition:i32 offset:i64
 * </pre>
 *
 * @see BoundedBytes
 */
final class EnvelopeSerializer extends ValueSerializer<Envelope> {
  private static final long serialVersionUID = 1;

  static final EnvelopeSerializer INSTANCE = new EnvelopeSerializer();

  private static final int FORMAT = 1;

  private EnvelopeSerializer() {}

  @Override
  public Envelope createInstance() {
    return new Envelope(null, null, Envelope.NO_HEADERS, Envelope.NO_TIMESTAMP, "", 0, 0);
  }

  @Override
  public void serialize(Envelope envelope, DataOutputView out) throws IOException {
    BoundedBytes.writeNullable(envelope.key(), out);
    BoundedBytes.writeNullable(envelope.value(), out);
    out.writeInt(envelope.headers().length);
    for (Header header : envelope.headers()) {
      BoundedBytes.writeText(header.key(), out);
      BoundedBytes.writeNullable(header.value(), out);
    }
    out.writeLong(envelope.timestampMillis());
    BoundedBytes.writeText(envelope.topic(), out);
    out.writeInt(envelope.partition());
    out.writeLong(envelope.offset());
  }

  @Override
  public Envelope deserialize(DataInputView in) throws IOException {
    return new Envelope(
        BoundedBytes.readNullable(in),
        BoundedBytes.readNullable(in),
        readHeaders(in),
        in.readLong(),
        BoundedBytes.readText(in),
        in.readInt(),
        in.readLong());
  }

  private static Header[] readHeaders(DataInputView in) throws IOException {
    int count = BoundedBytes.readCount(in);
    if (count == 0) {
      return Envelope.NO_HEADERS;
    }
    // Grows as headers are read: the count is not trusted.
    List<Header> headers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      headers.add(new RecordHeader(BoundedBytes.readText(in), BoundedBytes.readNullable(in)));
    }
    return headers.toArray(Envelope.NO_HEADERS);
  }

  private Object readResolve() {
    return INSTANCE;
  }

  @Override
  public TypeSerializerSnapshot<Envelope> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Public because Flink creates it by name. */
  public static final class Snapshot extends VersionedSnapshot<Envelope> {
    public Snapshot() {
      super(FORMAT, INSTANCE);
    }
  }
}
