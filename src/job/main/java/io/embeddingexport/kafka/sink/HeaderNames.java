package io.embeddingexport.kafka.sink;

import io.embeddingexport.consumer.Origin;
import io.embeddingexport.flink.types.Envelope;

/**
 * Names of the headers the export adds. Every value is UTF-8 text; numbers are decimal.
 *
 * <pre>
 * record      = forwarded*  ORIGIN
 * tombstone   = forwarded*  ORIGIN
 * dead letter = original*   REASON DETAIL TOPIC PARTITION OFFSET TIMESTAMP [ITEM] [MODEL] [KEY_CONFIG_VERSION]
 *
 * forwarded   = the input's headers that {@code output.forward-headers} lists, in their order
 * original    = every header of the input, in their order, duplicates and null values too
 * ORIGIN      = as in {@link Origin}
 * </pre>
 *
 * <p>An input may itself carry headers of these names. Ours follow them, so a reader of dead
 * letters takes the last header of a name ({@code Headers.lastHeader}).
 */
public final class HeaderNames {
  /** The prefix of all these names. */
  public static final String PREFIX = "ee.";

  /** Names the model: on an input tombstone, and on a dead letter if known. */
  public static final String MODEL = Envelope.MODEL_HEADER;

  /** Version of the key config in force: on a dead letter, if there was one. */
  public static final String KEY_CONFIG_VERSION = "ee.key-config-version";

  /** Model, key-config version and position of the input: {@link Origin}. */
  public static final String ORIGIN = Origin.HEADER;

  /** The reason there is no record: a {@code RejectReason.label()}. */
  public static final String REASON = "ee.reason";

  /** One sentence for people, of at most {@link DeadLetters#MAX_DETAIL_BYTES} bytes. */
  public static final String DETAIL = "ee.detail";

  /** Topic the input came from. */
  public static final String TOPIC = "ee.topic";

  /** Partition the input came from. */
  public static final String PARTITION = "ee.partition";

  /** Offset of the input. */
  public static final String OFFSET = "ee.offset";

  /** The input's timestamp as received, ms since the epoch; -1 if it had none. */
  public static final String TIMESTAMP = "ee.timestamp";

  /** Index of the item in the input, from 0: on the dead letter of one item of several. */
  public static final String ITEM = "ee.item";

  private HeaderNames() {}
}
