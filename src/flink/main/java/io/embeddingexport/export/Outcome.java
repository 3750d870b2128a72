package io.embeddingexport.export;

import io.embeddingexport.datarecord.Bytes;
import io.embeddingexport.event.EntityKey;
import java.util.List;
import org.apache.flink.annotation.PublicEvolving;
import org.jspecify.annotations.Nullable;

/** The decision on one input. */
@PublicEvolving
public sealed interface Outcome {

  /**
   * It became a record.
   *
   * @param record the serialized DataRecord; must not be changed
   * @param entityId of the event; 0 if it has a name
   * @param entityName the record's Kafka key if the input has none; null: the entity id is
   * @param keyConfig the record's key config
   * @param outputTopic the key config's topic; null: the job's
   */
  @SuppressWarnings("ArrayRecordComponent") // the sink's bytes; never compared
  record Exported(
      byte[] record,
      long entityId,
      byte @Nullable [] entityName,
      KeyConfigId keyConfig,
      @Nullable String outputTopic)
      implements Outcome {

    /** The record of an entity with a number. */
    public Exported(
        byte[] record, long entityId, KeyConfigId keyConfig, @Nullable String outputTopic) {
      this(record, entityId, null, keyConfig, outputTopic);
    }

    /** The model of the event. */
    public String model() {
      return keyConfig.model();
    }

    /** The record's Kafka key if the input has none. */
    public byte[] entityKey() {
      return EntityKey.of(entityId, entityName);
    }

    /** The record's key-config version. */
    public long keyConfigVersion() {
      return keyConfig.version();
    }
  }

  /**
   * It did not become a record.
   *
   * @param detail one sentence: problem, place, value and remedy; nothing of the payload
   * @param model of the event; null if not yet known
   * @param keyConfigVersion the version in force; 0 if none
   */
  record Rejected(RejectReason reason, String detail, @Nullable String model, long keyConfigVersion)
      implements Outcome {}

  /**
   * It deletes the entity's record from a compacted topic: a null value, which passes unchanged, or
   * an event with the mark of a deletion.
   *
   * @param outputTopic the topic of the model that the input names; null: the job's
   * @param key its Kafka key if the input has none; null: the input has one
   */
  record Tombstone(@Nullable String outputTopic, @Nullable Bytes key) implements Outcome {
    /** For the job's topic. */
    public static final Tombstone INSTANCE = new Tombstone(null);

    /** One of an input with a key. */
    public Tombstone(@Nullable String outputTopic) {
      this(outputTopic, null);
    }
  }

  /** The {@link ModelFilter} rejects it: nothing is written. */
  record Skipped() implements Outcome {
    public static final Skipped INSTANCE = new Skipped();
  }

  /**
   * It holds several events: an outcome for each, in order.
   *
   * @param outcomes none is of this type; the index of one is its item number
   */
  record Items(List<Outcome> outcomes) implements Outcome {
    public Items {
      outcomes = List.copyOf(outcomes);
    }
  }
}
