package io.embeddingexport.chaos.run;

import io.embeddingexport.chaos.ledger.LedgerConfig;

/** Who must know of what is published on the topic of key configs, before it is. */
interface Announcements {
  /** A version that may be in force from now on. */
  void published(LedgerConfig config);

  /** A message that must be refused, and become one dead letter. */
  void refused(String model, byte[] value);

  /** How many of these have none yet. */
  long missingRefusals();
}
