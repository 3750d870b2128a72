package io.embeddingexport.cli.samples;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeySpec;
import io.embeddingexport.thrift.EmbeddingEvent;
import io.embeddingexport.thrift.GeneralTensor;
import io.embeddingexport.thrift.RawTypedTensor;
import io.embeddingexport.thrift.StringTensor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializer;
import org.apache.thrift.protocol.TBinaryProtocol;

/** Writes events with libthrift, as a client in any language would. */
final class ThriftSampleWriter implements SampleWriter {

  @Override
  public byte[] write(
      long entityId, long eventTimeMillis, KeyConfig config, SplittableRandom random) {
    EmbeddingEvent event = new EmbeddingEvent(entityId, config.model());
    event.setEventTimeMillis(eventTimeMillis);
    event.setKeyConfigVersion(config.version());
    for (KeySpec key : config.keys()) {
      event.addToTensors(tensor(key, random));
    }
    try {
      return new TSerializer(new TBinaryProtocol.Factory()).serialize(event);
    } catch (TException e) {
      throw new IllegalStateException("an event of model " + config.model(), e);
    }
  }

  private static GeneralTensor tensor(KeySpec key, SplittableRandom random) {
    GeneralTensor tensor = new GeneralTensor();
    if (key.dataType() == DataType.STRING) {
      StringTensor strings = new StringTensor();
      for (String element : SampleTensors.strings(key, random)) {
        strings.addToStrings(ByteBuffer.wrap(SampleTensors.utf8(element)));
      }
      tensor.setStringTensor(strings.setShape(boxed(SampleTensors.shape(key))));
    } else {
      byte[] payload =
          SampleTensors.littleEndian(key.dataType(), SampleTensors.numbers(key, random));
      RawTypedTensor raw =
          new RawTypedTensor(
              io.embeddingexport.thrift.DataType.findByValue(key.dataType().code()),
              ByteBuffer.wrap(payload));
      tensor.setRawTypedTensor(raw.setShape(boxed(SampleTensors.shape(key))));
    }
    return tensor;
  }

  private static java.util.List<Long> boxed(long[] dims) {
    return Arrays.stream(dims).boxed().toList();
  }
}
