package io.embeddingexport.cli.trial;

import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.text.SafeText;
import org.jspecify.annotations.Nullable;

/** What one message, or one item of it, became. */
public sealed interface Tried {

  /**
   * An event.
   *
   * @param record the record it became; null if no key configs were tried
   */
  record Decoded(SeenEvent event, @Nullable SeenRecord record) implements Tried {
    @Override
    public String toString() {
      return record == null ? event.toString() : event + "; " + record;
    }
  }

  /**
   * An event that became a record.
   *
   * @param version of the key config
   */
  record SeenRecord(String model, long version, int bytes) {
    @Override
    public String toString() {
      return "becomes a record of key config "
          + SafeText.of(model)
          + " version "
          + version
          + ", "
          + bytes
          + " bytes";
    }
  }

  /**
   * It deletes its entity's record.
   *
   * @param model whose record it deletes; null: it is a null value
   */
  record Deleted(@Nullable String model) implements Tried {
    @Override
    public String toString() {
      return model == null
          ? "a null value: passes as a tombstone"
          : "deletes its entity's record of model " + SafeText.of(model);
    }
  }

  /**
   * It would become a dead letter.
   *
   * @param event null if it is none
   */
  record Refused(@Nullable SeenEvent event, Rejected why) implements Tried {
    @Override
    public String toString() {
      String reason = "rejected, " + why.reason().label() + ": " + why.detail();
      return event == null ? reason : event + "; " + reason;
    }
  }
}
