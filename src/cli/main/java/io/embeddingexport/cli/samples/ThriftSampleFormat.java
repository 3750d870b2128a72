package io.embeddingexport.cli.samples;

import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.datarecord.TensorEncoding;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeySpec;
import io.embeddingexport.thrift.DataRecord;
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
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.thrift.TBase;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializer;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TTransportException;

/**
 * {@code EmbeddingEvent} written with Thrift's own classes, as a producer of events would; and the
 * records expected, by the same classes, for checks that share no code with the export. They are of
 * raw encoding only.
 */
public final class ThriftSampleFormat implements SampleFormat {
  private final TSerializer serializer;

  public ThriftSampleFormat() {
    try {
      this.serializer = new TSerializer(new TBinaryProtocol.Factory());
    } catch (TTransportException e) {
      throw new IllegalStateException("Thrift cannot write to memory", e);
    }
  }

  @Override
  public byte[] write(SampleEvent event, long eventTimeMillis) {
    return bytes(struct(event, eventTimeMillis));
  }

  /**
   * The record that an event must become. Its maps are in the order of the key config.
   *
   * @param under the key config; the event fits it
   * @param eventTimeMillis since the epoch
   */
  public byte[] record(SampleEvent event, KeyConfig under, long eventTimeMillis) {
    DataRecord record = new DataRecord();
    Map<Long, Long> discrete = new LinkedHashMap<>();
    if (under.entityIdKey() != null) {
      discrete.put(under.entityIdKey(), event.entityId());
    }
    if (under.eventTimeKey() != null) {
      discrete.put(under.eventTimeKey(), eventTimeMillis);
    }
    if (!discrete.isEmpty()) {
      record.setDiscreteFeatures(discrete);
    }
    Map<Long, GeneralTensor> byKey = new LinkedHashMap<>();
    for (KeySpec key : under.keys()) {
      Tensor tensor = event.tensors().get(key.name());
      if (tensor != null) {
        byKey.put(key.key(), general(tensor));
      }
    }
    return bytes(record.setTensors(byKey));
  }

  static EmbeddingEvent struct(SampleEvent event, long eventTimeMillis) {
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
    return struct;
  }

  byte[] bytes(TBase<?, ?> struct) {
    try {
      return serializer.serialize(struct);
    } catch (TException e) {
      throw new IllegalStateException("Thrift cannot write a sample", e);
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
