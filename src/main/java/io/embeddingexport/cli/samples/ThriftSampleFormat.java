package io.embeddingexport.cli.samples;

import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.datarecord.TensorEncoding;
import io.embeddingexport.thrift.DataType;
import io.embeddingexport.thrift.EmbeddingEvent;
import io.embeddingexport.thrift.GeneralTensor;
import io.embeddingexport.thrift.RawTypedTensor;
import io.embeddingexport.thrift.StringTensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializer;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TTransportException;

/** {@code EmbeddingEvent} written with Thrift's own classes, as a producer of events would. */
final class ThriftSampleFormat implements SampleFormat {
  private final TSerializer serializer;

  ThriftSampleFormat() {
    try {
      this.serializer = new TSerializer(new TBinaryProtocol.Factory());
    } catch (TTransportException e) {
      throw new IllegalStateException("Thrift cannot write to memory", e);
    }
  }

  @Override
  public byte[] write(SampleEvent event, long eventTimeMillis) {
    EmbeddingEvent struct = new EmbeddingEvent();
    struct.setEntityId(event.entityId());
    struct.setEventTimeMillis(eventTimeMillis);
    struct.setModel(event.config().model());
    if (event.statesVersion()) {
      struct.setKeyConfigVersion(event.config().version());
    }
    if (event.named()) {
      struct.setNamedTensors(new LinkedHashMap<>());
      event.tensors().forEach((name, tensor) -> struct.putToNamedTensors(name, general(tensor)));
    } else {
      struct.setTensors(new ArrayList<>());
      event.tensors().values().forEach(tensor -> struct.addToTensors(general(tensor)));
    }
    try {
      return serializer.serialize(struct);
    } catch (TException e) {
      throw new IllegalStateException("Thrift cannot write a sample event", e);
    }
  }

  private static GeneralTensor general(Tensor tensor) {
    List<Long> shape = Arrays.stream(tensor.shape().toArray()).boxed().collect(Collectors.toList());
    if (tensor.encoding() == TensorEncoding.STRING) {
      List<ByteBuffer> strings =
          tensor.toStrings().stream()
              .map(string -> ByteBuffer.wrap(string.toArray()))
              .collect(Collectors.toList());
      return GeneralTensor.stringTensor(new StringTensor(strings).setShape(shape));
    }
    DataType dataType = DataType.findByValue(tensor.dataType().code());
    byte[] payload = new byte[tensor.contentLength()];
    tensor.content().get(payload);
    return GeneralTensor.rawTypedTensor(
        new RawTypedTensor(dataType, ByteBuffer.wrap(payload)).setShape(shape));
  }
}
