package io.embeddingexport.benchmarks;

import io.embeddingexport.thrift.DataRecord;
import io.embeddingexport.thrift.EmbeddingEvent;
import io.embeddingexport.thrift.GeneralTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.thrift.TDeserializer;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializer;
import org.apache.thrift.protocol.TBinaryProtocol;

/** The same work with the generated classes, and none of the checks. Not thread-safe. */
final class LibThriftCodec {
  private final long[] keys;
  private final TDeserializer deserializer;
  private final TSerializer serializer;

  /**
   * @param tensors of each event
   */
  LibThriftCodec(int tensors) throws TException {
    keys = IntStream.range(0, tensors).mapToLong(Workload::key).toArray();
    deserializer = new TDeserializer(new TBinaryProtocol.Factory());
    serializer = new TSerializer(new TBinaryProtocol.Factory());
  }

  byte[] encode(byte[] event) throws TException {
    EmbeddingEvent read = new EmbeddingEvent();
    deserializer.deserialize(read, event);
    List<GeneralTensor> values = read.getTensors();
    Map<Long, GeneralTensor> byKey = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      byKey.put(keys[i], values.get(i));
    }
    return serializer.serialize(new DataRecord().setTensors(byKey));
  }

  DataRecord read(byte[] record) throws TException {
    DataRecord read = new DataRecord();
    deserializer.deserialize(read, record);
    return read;
  }
}
