package io.embeddingexport.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeySpec;
import io.embeddingexport.thrift.DataRecord;
import io.embeddingexport.thrift.EmbeddingEvent;
import io.embeddingexport.thrift.GeneralTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializer;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.jspecify.annotations.Nullable;

/**
 * One event of the demo and its expected outcome. Both are made with Thrift's generated classes:
 * nothing is shared with the demonstrated code except the values of the key config.
 *
 * @param madeFor the key config that the sender knew
 * @param entity number of the entity it describes, from 0; also its entity id
 * @param named whether its tensors are given by name, if it is good
 * @param bare whether it omits the optional tensors, if they are given by name
 * @param statesVersion whether it names the key-config version it is made for
 */
record DemoEvent(
    DemoModel model,
    KeyConfig madeFor,
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

  /**
   * The expected outcome of the event if it names {@code version} of the key config. An event in
   * flight during a key-config change may be exported under the version it was made for or under
   * the last one, and must match that one.
   */
  Expected expected(long version) {
    if (kind == EventKind.TOMBSTONE) {
      return new Expected.Tombstone();
    }
    if (kind.reason() != null) {
      return new Expected.DeadLetter(kind.reason());
    }
    KeyConfig under = version == model.last().version() ? model.last() : madeFor;
    return new Expected.Record(record(under), model.name(), under.version());
  }

  private EmbeddingEvent struct() {
    EmbeddingEvent event = new EmbeddingEvent();
    event.setEntityId(entity);
    event.setEventTimeMillis(timestampMillis);
    event.setModel(model.name());
    if (statesVersion) {
      event.setKeyConfigVersion(madeFor.version());
    }
    if (isNamed()) {
      event.setNamedTensors(new HashMap<>(tensors()));
    } else {
      event.setTensors(new ArrayList<>(tensors().values()));
      kind.spoil(event);
    }
    return event;
  }

  /** Its maps are in the order required of the record: that of the key config. */
  private DataRecord record(KeyConfig under) {
    DataRecord record = new DataRecord();
    Map<Long, Long> discrete = new LinkedHashMap<>();
    if (under.entityIdKey() != null) {
      discrete.put(under.entityIdKey(), (long) entity);
    }
    if (under.eventTimeKey() != null) {
      discrete.put(under.eventTimeKey(), timestampMillis);
    }
    if (!discrete.isEmpty()) {
      record.setDiscreteFeatures(discrete);
    }
    Map<String, GeneralTensor> tensors = tensors();
    Map<Long, GeneralTensor> byKey = new LinkedHashMap<>();
    for (KeySpec key : under.keys()) {
      GeneralTensor tensor = tensors.get(key.name());
      if (tensor != null) {
        byKey.put(key.key(), tensor);
      }
    }
    return record.setTensors(byKey);
  }

  private Map<String, GeneralTensor> tensors() {
    return DemoTensors.of(madeFor, payloadSeed, isNamed() && bare);
  }

  private boolean isNamed() {
    return named && kind == EventKind.GOOD;
  }

  private static byte[] bytes(EmbeddingEvent event) {
    try {
      return new TSerializer(new TBinaryProtocol.Factory()).serialize(event);
    } catch (TException e) {
      throw new IllegalStateException("Thrift cannot write an event of the demo", e);
    }
  }
}
