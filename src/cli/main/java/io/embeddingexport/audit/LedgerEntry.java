package io.embeddingexport.audit;

import org.jspecify.annotations.Nullable;

/** One input, and the only right output for it. {@code toString} describes it in a few words. */
public interface LedgerEntry {

  /** The Kafka key. */
  byte[] key();

  /** The message's value; null for a tombstone. */
  byte @Nullable [] value();

  /** Number of the Kafka key, from 0. Outputs of a key keep the order of their inputs. */
  int keyNumber();

  /** Name of the model whose key config decides. */
  String model();

  /**
   * The output that is right. An input may be exported under any version of its key config that is
   * in force on its way, and must be what that version says.
   *
   * @param version the key-config version that the output states; -1: it states none
   * @param reason the reason that a dead letter states; null: it is none, or states none
   */
  Expected expected(long version, @Nullable String reason);
}
