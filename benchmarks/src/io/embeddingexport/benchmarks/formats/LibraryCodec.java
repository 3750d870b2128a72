package io.embeddingexport.benchmarks.formats;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import io.embeddingexport.thrift.DataRecord;
import io.embeddingexport.thrift.DataType;
import io.embeddingexport.thrift.GeneralTensor;
import io.embeddingexport.thrift.RawTypedTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializer;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.jspecify.annotations.Nullable;

/**
 * From an event to its record with the libraries of its format and of Thrift, and no checks. Not
 * thread-safe.
 */
public final class LibraryCodec {
  private final long key;
  private final TSerializer serializer;
  private final GenericDatumReader<GenericRecord> reader =
      new GenericDatumReader<>(VectorFormat.SCHEMA);
  private final FieldDescriptor embedding = VectorFormat.MESSAGE.findFieldByName("embedding");
  private @Nullable BinaryDecoder decoder;
  private @Nullable GenericRecord reused;

  /**
   * @param key of the vector
   */
  public LibraryCodec(long key) throws TException {
    this.key = key;
    this.serializer = new TSerializer(new TBinaryProtocol.Factory());
  }

  /** The record of an Avro event. */
  @SuppressWarnings("unchecked") // as the schema says
  public byte[] avro(byte[] event) throws IOException, TException {
    decoder = DecoderFactory.get().binaryDecoder(event, decoder);
    reused = reader.read(reused, decoder);
    return record((List<Float>) reused.get("embedding"));
  }

  /** The record of a Protobuf event. */
  @SuppressWarnings("unchecked") // as the schema says
  public byte[] protobuf(byte[] event) throws IOException, TException {
    DynamicMessage message = DynamicMessage.parseFrom(VectorFormat.MESSAGE, event);
    return record((List<Float>) message.getField(embedding));
  }

  private byte[] record(List<Float> vector) throws TException {
    ByteBuffer payload =
        ByteBuffer.allocate(Float.BYTES * vector.size()).order(ByteOrder.LITTLE_ENDIAN);
    for (float element : vector) {
      payload.putFloat(element);
    }
    RawTypedTensor raw = new RawTypedTensor(DataType.FLOAT, payload.flip());
    raw.addToShape(vector.size());
    return serializer.serialize(
        new DataRecord().setTensors(Map.of(key, GeneralTensor.rawTypedTensor(raw))));
  }
}
