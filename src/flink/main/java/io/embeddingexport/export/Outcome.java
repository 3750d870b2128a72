package io.embeddingexport.export;

import org.apache.flink.annotation.PublicEvolving;
import org.jspecify.annotations.Nullable;

/** The decision on one input. */
@PublicEvolving
public sealed interface Outcome {

  /**
   * It became a record.
   *
   * @param record the serialized DataRecord; must not be changed
   * @param entityId of the event
   * @param keyConfig the record's key config
   * @param outputTopic the key config's topic; null: the job's
   */
  @SuppressWarnings("ArrayRecordComponent") // the sink's bytes; never compared
  record Exported(byte[] record, long entityId, KeyConfigId keyConfig, @Nullable String outputTopic)
      implements Outcome {

    /** The model of the event. */
    public String model() {
      return keyConfig.model();
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
   * A null value: it passes unchanged, and deletes the entity's record from a compacted topic.
   *
   * @param outputTopic the topic of the model named in the input's header; null: the job's
   */
  record Tombstone(@Nullable String outputTopic) implements Outcome {
    /** For the job's topic. */
    public static final Tombstone INSTANCE = new Tombstone(null);
  }

  /** The {@link ModelFilter} rejects it: nothing is written. */
  record Skipped() implements Outcome {
    public static final Skipped INSTANCE = new Skipped();
  }
}
