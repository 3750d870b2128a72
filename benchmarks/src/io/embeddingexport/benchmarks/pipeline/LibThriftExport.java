package io.embeddingexport.benchmarks.pipeline;

import io.embeddingexport.thrift.DataRecord;
import io.embeddingexport.thrift.EmbeddingEvent;
import io.embeddingexport.thrift.GeneralTensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.thrift.TDeserializer;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializer;
import org.apache.thrift.protocol.TBinaryProtocol;

/**
 * The conversion as anyone would write it with the generated classes: events to records, with none
 * of the job's checks. Not thread-safe.
 */
final class LibThriftExport {
  private final TDeserializer deserializer;
  private final TSerializer serializer;

  LibThriftExport() throws TException {
    deserializer = new TDeserializer(new TBinaryProtocol.Factory());
    serializer = new TSerializer(new TBinaryProtocol.Factory());
  }

  byte[] toRecord(byte[] event) {
    try {
      EmbeddingEvent read = new EmbeddingEvent();
      deserializer.deserialize(read, event);
      List<GeneralTensor> tensors = read.getTensors();
      Map<Long, GeneralTensor> byKey = new HashMap<>();
      for (int i = 0; i < tensors.size(); i++) {
        byKey.put(PipelineWorkload.KEY + i, tensors.get(i));
      }
      return serializer.serialize(new DataRecord().setTensors(byKey));
    } catch (TException e) {
      throw new IllegalStateException(e);
    }
  }
}
