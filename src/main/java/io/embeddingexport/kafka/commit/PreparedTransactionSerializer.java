package io.embeddingexport.kafka.commit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;

/**
 * State of prepared transactions. Reads that of Flink's own sink too, which has versions below 100.
 *
 * <pre>
 * version 101 = i32 version  i32 length  byte*length      of Flink's serializer
 *               i8 present  [content]                     present: 1, else 0
 * content     = i64 preparedAtMillis
 *               i8 present  [utf topic  i32 partition  i64 offset]                the witness
 *               i32 count   (utf topic  i32 partition  i64 first  i64 last  i64 messages)*count
 * </pre>
 *
 * <p>Integers are big-endian; {@code utf} is that of {@code java.io.DataOutput}.
 */
final class PreparedTransactionSerializer
    implements SimpleVersionedSerializer<PreparedTransaction> {
  private static final int VERSION = 101;

  /** Versions of Flink's own sink are below, ours above. */
  private static final int FIRST_OF_OURS = 100;

  private final SimpleVersionedSerializer<KafkaCommittable> kafka;

  PreparedTransactionSerializer(SimpleVersionedSerializer<KafkaCommittable> kafka) {
    this.kafka = kafka;
  }

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(PreparedTransaction transaction) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(256);
    byte[] committable = kafka.serialize(transaction.kafka());
    out.writeInt(kafka.getVersion());
    out.writeInt(committable.length);
    out.write(committable);
    TransactionContent content = transaction.content();
    out.writeByte(content == null ? 0 : 1);
    if (content != null) {
      write(content, out);
    }
    return out.getCopyOfBuffer();
  }

  private static void write(TransactionContent content, DataOutputSerializer out)
      throws IOException {
    out.writeLong(content.preparedAtMillis());
    Witness witness = content.witness();
    out.writeByte(witness == null ? 0 : 1);
    if (witness != null) {
      out.writeUTF(witness.topic());
      out.writeInt(witness.partition());
      out.writeLong(witness.offset());
    }
    out.writeInt(content.sources().size());
    for (SourceRange range : content.sources()) {
      out.writeUTF(range.topic());
      out.writeInt(range.partition());
      out.writeLong(range.first());
      out.writeLong(range.last());
      out.writeLong(range.messages());
    }
  }

  @Override
  public PreparedTransaction deserialize(int version, byte[] state) throws IOException {
    if (version < FIRST_OF_OURS) {
      return new PreparedTransaction(kafka.deserialize(version, state), null);
    }
    if (version != VERSION) {
      throw new IOException(
          "the sink's state is of version "
              + version
              + ", and this release reads "
              + VERSION
              + " and older; restore it with the release that wrote it, or a later one");
    }
    DataInputDeserializer in = new DataInputDeserializer(state);
    int kafkaVersion = in.readInt();
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw malformed("a transaction of " + length + " bytes, and " + in.available() + " follow");
    }
    byte[] committable = new byte[length];
    in.readFully(committable);
    PreparedTransaction transaction =
        new PreparedTransaction(
            kafka.deserialize(kafkaVersion, committable), in.readByte() == 0 ? null : content(in));
    if (in.available() > 0) {
      throw malformed(in.available() + " bytes too many");
    }
    return transaction;
  }

  private static TransactionContent content(DataInputDeserializer in) throws IOException {
    long preparedAt = in.readLong();
    return new TransactionContent(preparedAt, witness(in), ranges(in));
  }

  private static @Nullable Witness witness(DataInputDeserializer in) throws IOException {
    return in.readByte() == 0 ? null : new Witness(in.readUTF(), in.readInt(), in.readLong());
  }

  private static List<SourceRange> ranges(DataInputDeserializer in) throws IOException {
    int count = in.readInt();
    List<SourceRange> ranges = new ArrayList<>();
    for (int i = 0; i < count; i++) { // ends with the state, at the latest
      ranges.add(
          new SourceRange(in.readUTF(), in.readInt(), in.readLong(), in.readLong(), in.readLong()));
    }
    return ranges;
  }

  private static IOException malformed(String what) {
    return new IOException("the sink's state is damaged: " + what);
  }
}
