package io.embeddingexport.cli.proposal;

import io.embeddingexport.event.fields.FieldType.Group;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How messages are sent. Immutable.
 *
 * @param title in messages
 * @param head the lines of a mapping that say it: format, preset, schema
 * @param files contents of the files that {@code head} names; must not be changed
 * @param fields that paths of a mapping begin with; null: there are none
 * @param isOwn whether it is our own form, which needs no mapping
 */
record SentForm(
    String title, String head, Map<String, byte[]> files, @Nullable Group fields, boolean isOwn) {

  SentForm {
    files = Map.copyOf(files);
  }

  /** A form without a schema file. */
  static SentForm of(String title, String head, @Nullable Group fields) {
    return new SentForm(title, head, Map.of(), fields, false);
  }

  /** Our own form. */
  static SentForm own(String title, String head) {
    return new SentForm(title, head, Map.of(), null, true);
  }
}
