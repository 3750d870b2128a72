package io.embeddingexport.export;

import org.jspecify.annotations.Nullable;

/** The decision on one input. */
public sealed interface Outcome {

  /**
   * It became a record.
   *
   * @param record the serialized DataRecord; not to be changed
   * @param entityId of the event
   * @param keyConfig the one that the record was written under
   * @param outputTopic the key config's topic; null: the job's
   */
  @SuppressWarnings("ArrayRecordComponent") // the sink's bytes; compared by no one
  record Exported(byte[] record, long entityId, KeyConfigId keyConfig, @Nullable String outputTopic)
      implements Outcome {

    /** The model of the event. */
    public String model() {
      return keyConfig.model();
    }

    /** The version that the record was written under. */
    public long keyConfigVersion() {
      return keyConfig.version();
    }
  }

  /**
   * It became none.
   *
   * @param detail one sentence: what, where, the value, what to do; without any of the payload
   * @param model of the event; null if it was not known yet
   * @param keyConfigVersion the version in force; 0 if none
   */
  record Rejected(RejectReason reason, String detail, @Nullable String model, long keyConfigVersion)
      implements Outcome {}

  /**
   * A null value: it passes as it is, and deletes the entity's record from a compacted topic.
   *
   * @param outputTopic the topic of the model that the input's header names; null: the job's
   */
  record Tombstone(@Nullable String outputTopic) implements Outcome {
    /** For the job's topic. */
    public static final Tombstone INSTANCE = new Tombstone(null);
  }

  /** The {@link ModelFilter} does not let it pass: nothing is written for it. */
  record Skipped() implements Outcome {
    public static final Skipped INSTANCE = new Skipped();
  }
}
