package io.embeddingexport.job;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.export.ExportLimits;
import io.embeddingexport.kafka.DeliveryGuarantee;
import io.embeddingexport.kafka.OutputHeaders;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;

/** The job's options. {@code docs/configuration.md} is made from them. */
public final class JobOptions {
  /** Prefix of every Flink option. */
  public static final String FLINK_PREFIX = "flink.";

  /** Kafka properties of every client of the job: source, sink, key configs and preflight. */
  public static final String CLIENT_PREFIX = "kafka.client.";

  /** Kafka consumer properties. */
  public static final String SOURCE_PREFIX = "kafka.source.";

  /** Kafka producer properties. */
  public static final String SINK_PREFIX = "kafka.sink.";

  public static final ConfigOption<String> JOB_NAME =
      key("job.name")
          .stringType()
          .defaultValue("embedding-export")
          .withDescription("The job's name in Flink.");

  public static final ConfigOption<String> BOOTSTRAP_SERVERS =
      key("kafka.bootstrap-servers")
          .stringType()
          .noDefaultValue()
          .withDescription("Brokers to start from, `host:port`, separated by commas.");

  public static final ConfigOption<List<String>> INPUT_TOPIC =
      key("input.topic")
          .stringType()
          .asList()
          .noDefaultValue()
          .withDescription("Topic, or list of topics, that events are read from.");

  public static final ConfigOption<EventFormat> INPUT_FORMAT =
      key("input.format")
          .enumType(EventFormat.class)
          .defaultValue(EventFormat.THRIFT)
          .withDescription("How events are encoded: `thrift` or `json` (docs/events.md).");

  public static final ConfigOption<String> INPUT_GROUP_ID =
      key("input.group-id")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Consumer group whose committed offsets are the job's positions: what is exported,"
                  + " and where every start goes on (docs/guarantees.md). The default is the job's"
                  + " name. No other job and no consumer may have the same.");

  public static final ConfigOption<String> INPUT_FROM =
      key("input.from")
          .stringType()
          .defaultValue("earliest")
          .withDescription(
              "Where to start a topic of which the group has no position: `earliest`, `latest`,"
                  + " `timestamp:2026-01-31T12:00:00Z` (or milliseconds since the epoch), or"
                  + " `offset:0=12,1=40` (partition=offset; topic:partition=offset with several"
                  + " topics; `*=0`: every other partition, which otherwise starts at the earliest"
                  + " message). A topic of which it has one goes on there.");

  public static final ConfigOption<Boolean> INPUT_FROM_REQUIRED =
      key("input.from-required")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether a start is refused where the group has a position already, instead of going"
                  + " on there. `--from POSITION` on the command line sets this and `input.from`.");

  public static final ConfigOption<Duration> INPUT_DISCOVERY_INTERVAL =
      key("input.discovery-interval")
          .durationType()
          .defaultValue(Duration.ofMinutes(1))
          .withDescription(
              "How often to look for partitions that were added to the input topics. They are read"
                  + " from their first message on.");

  public static final ConfigOption<String> INPUT_UNTIL =
      key("input.until")
          .stringType()
          .defaultValue("none")
          .withDescription(
              "Where to stop, which makes the run bounded: `none`, `latest` (the end as the job"
                  + " starts), `timestamp:…` (before the first message at or after it), or"
                  + " `offset:0=12,1=40` (before that offset; `*=0`: every other partition, which"
                  + " otherwise is read to the end it has as the job starts). On the command line:"
                  + " `--until`. A run that is restored from a savepoint keeps the end it was"
                  + " started with.");

  public static final ConfigOption<Isolation> INPUT_ISOLATION =
      key("input.isolation")
          .enumType(Isolation.class)
          .defaultValue(Isolation.READ_COMMITTED)
          .withDescription(
              "Whether events of transactions that are open or were aborted are left out"
                  + " (`read_committed`) or read (`read_uncommitted`).");

  public static final ConfigOption<List<String>> KEY_CONFIG_FILES =
      key("key-config.files")
          .stringType()
          .asList()
          .noDefaultValue()
          .withDescription(
              "Key configs (docs/key-configs.md): files, or directories of .yaml, .yml and .json"
                  + " files. A relative path in the options file starts at that file's directory.");

  public static final ConfigOption<String> KEY_CONFIG_TOPIC =
      key("key-config.topic")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Compacted topic of key configs that are followed while the job runs"
                  + " (docs/key-configs.md): key = model, value = key config, null value = the"
                  + " model is retired. Of a model that files and topic both have, the greater"
                  + " version is in force.");

  public static final ConfigOption<Duration> KEY_CONFIG_START_TIMEOUT =
      key("key-config.start-timeout")
          .durationType()
          .defaultValue(Duration.ofMinutes(1))
          .withDescription(
              "How long each instance may take to read `key-config.topic` to its end at the start."
                  + " Then the job fails and is started again: no event is decided before.");

  public static final ConfigOption<Duration> KEY_CONFIG_WAIT_TIMEOUT =
      key("key-config.wait-timeout")
          .durationType()
          .defaultValue(Duration.ofSeconds(10))
          .withDescription(
              "How long an event that names a key-config version not seen yet waits for it on"
                  + " `key-config.topic`, and all behind it, before it becomes a dead letter. Once"
                  + " for each such version; over time no more than half the time. `0`: not.");

  public static final ConfigOption<MemorySize> EVENT_MAX_BYTES =
      key("event.max-bytes")
          .memoryType()
          .defaultValue(new MemorySize(ExportLimits.DEFAULT.maxEventBytes()))
          .withDescription("A larger event is not decoded: it becomes a dead letter.");

  public static final ConfigOption<MemorySize> RECORD_MAX_BYTES =
      key("record.max-bytes")
          .memoryType()
          .defaultValue(new MemorySize(ExportLimits.DEFAULT.maxRecordBytes()))
          .withDescription(
              "An event whose record, with the key and headers it takes along, would be larger"
                  + " becomes a dead letter. Keep it 4 KiB or more below the output topic's"
                  + " `max.message.bytes`.");

  public static final ConfigOption<List<String>> EXPORT_MODELS =
      key("export.models")
          .stringType()
          .asList()
          .defaultValues()
          .withDescription(
              "Models whose events are exported; none: all. Every other input is skipped, also what"
                  + " cannot be decoded and tombstones that name no model (docs/positions.md):"
                  + " nothing is written for it, and the position passes it. For a re-export beside"
                  + " the job that exports all.");

  public static final ConfigOption<String> OUTPUT_TOPIC =
      key("output.topic")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Topic of the records, and of tombstones. A key config may name another for its"
                  + " model.");

  public static final ConfigOption<Boolean> OUTPUT_SINGLE_TOPIC =
      key("output.single-topic")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether all records and tombstones go to `output.topic`, also those of models whose"
                  + " key config names a topic of its own.");

  public static final ConfigOption<String> DEAD_LETTER_TOPIC =
      key("dead-letter.topic")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Topic of the inputs that could not become records. Must not be compacted, and must"
                  + " take messages 64 KiB larger than the input topic does.");

  public static final ConfigOption<Boolean> DEAD_LETTER_KEY_CONFIGS =
      key("dead-letter.key-configs")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Whether a key config on `key-config.topic` that is refused becomes a dead letter."
                  + " `false` where another job makes that letter, as beside a `backfill`.");

  public static final ConfigOption<DeliveryGuarantee> OUTPUT_DELIVERY_GUARANTEE =
      key("output.delivery-guarantee")
          .enumType(DeliveryGuarantee.class)
          .defaultValue(DeliveryGuarantee.EXACTLY_ONCE)
          .withDescription(
              "`exactly-once`: Kafka transactions, committed at each checkpoint; consumers read"
                  + " with `isolation.level=read_committed`. `at-least-once`: visible at once,"
                  + " duplicates after a failure.");

  public static final ConfigOption<String> OUTPUT_TRANSACTIONAL_ID_PREFIX =
      key("output.transactional-id-prefix")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "What the job's transactional ids start with; the default is the job's name and a"
                  + " dot. No two jobs on one Kafka cluster may have the same: each would abort the"
                  + " other's transactions.");

  public static final ConfigOption<Duration> OUTPUT_TRANSACTION_TIMEOUT =
      key("output.transaction-timeout")
          .durationType()
          .noDefaultValue()
          .withDescription(
              "How long a transaction may stay open before the brokers abort it. The default is"
                  + " what checkpoints need: (1 + tolerable failed checkpoints) × (interval +"
                  + " checkpoint timeout), and 1 min more, or interval + checkpoint timeout if that"
                  + " is less. A shorter one is refused. An outage that is longer loses nothing:"
                  + " the inputs are read again.");

  public static final ConfigOption<OutputHeaders> OUTPUT_HEADERS =
      key("output.headers")
          .enumType(OutputHeaders.class)
          .defaultValue(OutputHeaders.ALL)
          .withDescription(
              "Which headers a record gets: `all`: `ee.model`, `ee.key-config-version` and"
                  + " `ee.source`; `source`: `ee.source` alone, for consumers that need no more."
                  + " That saves 33 bytes a record, the two values besides, and CPU.");

  public static final ConfigOption<List<String>> OUTPUT_FORWARD_HEADERS =
      key("output.forward-headers")
          .stringType()
          .asList()
          .defaultValues()
          .withDescription(
              "Names of an event's headers that its record keeps. Dead letters keep all of them.");

  public static final ConfigOption<Boolean> PREFLIGHT_ENABLED =
      key("preflight.enabled")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Whether brokers, topics and limits are checked before the job is submitted.");

  public static final ConfigOption<Duration> PREFLIGHT_TIMEOUT =
      key("preflight.timeout")
          .durationType()
          .defaultValue(Duration.ofSeconds(15))
          .withDescription("How long the check before the start may take.");

  public static final ConfigOption<List<String>> ALLOW_UNKNOWN =
      key("allow-unknown")
          .stringType()
          .asList()
          .defaultValues()
          .withDescription(
              "Names of `kafka.*` and `flink.*` options that are not known here, because a plugin"
                  + " reads them. A name that ends with `*` stands for all that begin so. Every"
                  + " other unknown name is refused.");

  /** Every option, in the order of the documentation. */
  public static final List<ConfigOption<?>> ALL =
      List.of(
          BOOTSTRAP_SERVERS,
          INPUT_TOPIC,
          INPUT_FORMAT,
          INPUT_GROUP_ID,
          INPUT_FROM,
          INPUT_FROM_REQUIRED,
          INPUT_UNTIL,
          INPUT_DISCOVERY_INTERVAL,
          INPUT_ISOLATION,
          KEY_CONFIG_FILES,
          KEY_CONFIG_TOPIC,
          KEY_CONFIG_START_TIMEOUT,
          KEY_CONFIG_WAIT_TIMEOUT,
          EVENT_MAX_BYTES,
          RECORD_MAX_BYTES,
          EXPORT_MODELS,
          OUTPUT_TOPIC,
          OUTPUT_SINGLE_TOPIC,
          OUTPUT_DELIVERY_GUARANTEE,
          OUTPUT_TRANSACTIONAL_ID_PREFIX,
          OUTPUT_TRANSACTION_TIMEOUT,
          OUTPUT_HEADERS,
          OUTPUT_FORWARD_HEADERS,
          DEAD_LETTER_TOPIC,
          DEAD_LETTER_KEY_CONFIGS,
          PREFLIGHT_ENABLED,
          PREFLIGHT_TIMEOUT,
          ALLOW_UNKNOWN,
          JOB_NAME);

  /** Which messages of transactions the source reads. */
  public enum Isolation {
    READ_COMMITTED,
    READ_UNCOMMITTED
  }

  private JobOptions() {}
}
