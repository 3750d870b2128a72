package io.embeddingexport.job.checks;

import static io.embeddingexport.job.checks.Finding.ok;
import static io.embeddingexport.job.checks.Finding.warning;

import java.time.Duration;
import java.util.Locale;

/**
 * What the brokers' memory is to keep of the ids this job uses: each slot opens a transaction a
 * checkpoint under a new id (ADR 5), which has a producer id that writes to every output partition.
 * docs/sizing.md has the arithmetic, and how the bytes of an id were measured.
 *
 * @param slots that write
 * @param interval of checkpoints, more than 0
 * @param outputReplicas of the output topics' partitions, all together
 * @param brokers that share all this
 * @param transactionalIds how long the brokers keep a transactional id
 * @param producerIds how long they keep a producer id
 * @param seen whether these two were seen, or are Kafka's defaults
 */
record BrokerMemory(
    int slots,
    Duration interval,
    int outputReplicas,
    int brokers,
    Duration transactionalIds,
    Duration producerIds,
    boolean seen) {
  static final String NAME = "broker-memory";
  static final String TRANSACTIONAL_IDS = "transactional.id.expiration.ms";
  static final String PRODUCER_IDS = "producer.id.expiration.ms";
  static final Duration DEFAULT_TRANSACTIONAL_IDS = Duration.ofDays(7);
  static final Duration DEFAULT_PRODUCER_IDS = Duration.ofDays(1);

  private static final int TRANSACTIONAL_ID_BYTES = 300;
  private static final int PRODUCER_ID_BYTES = 230;

  /** Of a broker's heap, which is 1 GiB where nobody has set it (kafka-server-start.sh). */
  private static final long MUCH = 256L << 20;

  private static final Duration SHORT = Duration.ofHours(1);

  Finding judge() {
    long ofTransactionalIds = idsIn(transactionalIds) * TRANSACTIONAL_ID_BYTES / brokers;
    long ofProducerIds = idsIn(producerIds) * outputReplicas * PRODUCER_ID_BYTES / brokers;
    String found =
        text(ofTransactionalIds + ofProducerIds)
            + " of each broker's heap ("
            + count(brokers, "broker")
            + ") for "
            + count(idsIn(transactionalIds), "transactional id")
            + " in "
            + days(transactionalIds)
            + " and "
            + count(idsIn(producerIds), "producer id")
            + " in "
            + days(producerIds)
            + (seen ? "" : ", if the brokers keep them as by default")
            + ", these on "
            + count(outputReplicas, "output replica")
            + ": "
            + count(slots, "slot")
            + ", a checkpoint every "
            + TransactionTimeout.text(interval);
    return ofTransactionalIds + ofProducerIds <= MUCH
        ? ok(NAME, found)
        : warning(NAME, found, remedy(ofProducerIds > ofTransactionalIds));
  }

  private String remedy(boolean producerIdsFirst) {
    if (producerIdsFirst && producerIds.compareTo(SHORT) > 0) {
      return "set " + PRODUCER_IDS + " to " + SHORT.toMillis() + " on the brokers";
    }
    return producerIdsFirst
        ? "let checkpoints be rarer, or write to fewer partitions"
        : "shorten " + TRANSACTIONAL_IDS + " on the brokers, or let checkpoints be rarer";
  }

  private long idsIn(Duration kept) {
    return slots * kept.toMillis() / interval.toMillis();
  }

  private static String days(Duration duration) {
    return duration.equals(Duration.ofDays(duration.toDays()))
        ? count(duration.toDays(), "day")
        : TransactionTimeout.text(duration);
  }

  private static String count(long count, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
  }

  private static String text(long bytes) {
    return bytes < 10 << 20
        ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%,d MB", bytes / 1_000_000);
  }
}
