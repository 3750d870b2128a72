package io.embeddingexport.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeySpec;
import io.embeddingexport.thrift.DataRecord;
import io.embeddingexport.thrift.DataType;
import io.embeddingexport.thrift.EmbeddingEvent;
import io.embeddingexport.thrift.GeneralTensor;
import io.embeddingexport.thrift.RawTypedTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializer;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.jspecify.annotations.Nullable;

/**
 * One event of the demo and what must become of it. Both are made with Thrift's generated classes:
 * nothing is shared with the code under demonstration but the values of the key config.
 *
 * @param entity number of the entity it describes, from 0; also its entity id
 * @param named whether its tensors are given by name, if it is a good one
 * @param bare whether it lacks the optional tensors, if they are given by name
 * @param statesVersion whether it says which version of the key config it is made for
 */
record DemoEvent(
    DemoModel model,
    int entity,
    EventKind kind,
    long timestampMillis,
    boolean named,
    boolean bare,
    boolean statesVersion,
    long payloadSeed) {

  /** The Kafka key, {@code model:entity}. */
  byte[] key() {
    return (model.name() + ":" + entity).getBytes(UTF_8);
  }

  /** The message's value; null for a tombstone. */
  byte @Nullable [] value() {
    return kind == EventKind.TOMBSTONE ? null : kind.spoil(bytes(struct()));
  }

  /** What must come out. */
  Expected expected() {
    if (kind == EventKind.TOMBSTONE) {
      return new Expected.Tombstone();
    }
    return kind.reason() != null
        ? new Expected.DeadLetter(kind.reason())
        : new Expected.Record(record(), model.name(), model.config().version());
  }

  private EmbeddingEvent struct() {
    KeyConfig config = model.config();
    EmbeddingEvent event = new EmbeddingEvent();
    event.setEntityId(entity);
    event.setEventTimeMillis(timestampMillis);
    event.setModel(config.model());
    if (statesVersion) {
      event.setKeyConfigVersion(config.version());
    }
    List<GeneralTensor> tensors = tensors();
    if (isNamed()) {
      for (int k = 0; k < tensors.size(); k++) {
        if (has(k)) {
          event.putToNamedTensors(config.keys().get(k).name(), tensors.get(k));
        }
      }
    } else {
      event.setTensors(tensors);
      kind.spoil(event);
    }
    return event;
  }

  /** Its maps are in the order the record must have: that of the key config. */
  private DataRecord record() {
    KeyConfig config = model.config();
    DataRecord record = new DataRecord();
    Map<Long, Long> discrete = new LinkedHashMap<>();
    if (config.entityIdKey() != null) {
      discrete.put(config.entityIdKey(), (long) entity);
    }
    if (config.eventTimeKey() != null) {
      discrete.put(config.eventTimeKey(), timestampMillis);
    }
    if (!discrete.isEmpty()) {
      record.setDiscreteFeatures(discrete);
    }
    List<GeneralTensor> tensors = tensors();
    Map<Long, GeneralTensor> byKey = new LinkedHashMap<>();
    for (int k = 0; k < tensors.size(); k++) {
      if (has(k)) {
        byKey.put(config.keys().get(k).key(), tensors.get(k));
      }
    }
    return record.setTensors(byKey);
  }

  private boolean isNamed() {
    return named && kind == EventKind.GOOD;
  }

  private boolean has(int k) {
    return !(isNamed() && bare && model.config().keys().get(k).optional());
  }

  private List<GeneralTensor> tensors() {
    SplittableRandom random = new SplittableRandom(payloadSeed);
    List<GeneralTensor> tensors = new ArrayList<>();
    for (int k = 0; k < model.elementCounts().length; k++) {
      KeySpec key = model.config().keys().get(k);
      byte[] payload = floats(random, model.elementCounts()[k]);
      RawTypedTensor tensor = new RawTypedTensor(DataType.FLOAT, ByteBuffer.wrap(payload));
      for (long dim : key.shape().toArray()) {
        tensor.addToShape(dim);
      }
      tensors.add(GeneralTensor.rawTypedTensor(tensor));
    }
    return tensors;
  }

  /** Floats from -1 to 1, little-endian. */
  private static byte[] floats(SplittableRandom random, int count) {
    ByteBuffer payload = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      payload.putFloat((random.nextInt() >> 8) * 0x1p-23f);
    }
    return payload.array();
  }

  private static byte[] bytes(EmbeddingEvent event) {
    try {
      return new TSerializer(new TBinaryProtocol.Factory()).serialize(event);
    } catch (TException e) {
      throw new IllegalStateException("Thrift cannot write an event of the demo", e);
    }
  }
}
