package io.embeddingexport.job;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.export.ExportLimits;
import io.embeddingexport.kafka.OutputHeaders;
import io.embeddingexport.kafka.commit.CommitFailure;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.base.DeliveryGuarantee;

/** The job's options. {@code docs/configuration.md} is made from them. */
public final class JobOptions {
  /** Any Flink option stands under this prefix. */
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
          .defaultValue("embedding-export")
          .withDescription(
              "Consumer group that offsets are committed under at each checkpoint. It shows how far"
                  + " the job is, and is where `input.from: committed` starts.");

  public static final ConfigOption<String> INPUT_FROM =
      key("input.from")
          .stringType()
          .defaultValue("committed")
          .withDescription(
              "Where to start when there is no checkpoint or savepoint: `committed` (of a partition"
                  + " without a committed offset: the earliest message), `earliest`, `latest`,"
                  + " `timestamp:2026-01-31T12:00:00Z` (or milliseconds since the epoch), or"
                  + " `offset:0=12,1=40` (partition=offset; topic:partition=offset with several"
                  + " topics; `*=0`: every other partition, which otherwise starts at the earliest"
                  + " message). On the command line:"
                  + " `--from`.");

  public static final ConfigOption<String> INPUT_UNTIL =
      key("input.until")
          .stringType()
          .defaultValue("none")
          .withDescription(
              "Where to stop, which makes the run bounded: `none`, `latest` (the end as the job"
                  + " starts), `timestamp:…` (before the first message at or after it), or"
                  + " `offset:0=12,1=40` (before that offset; `*=0`: every other partition, which"
                  + " otherwise is read to the end it has as the job starts). On the command line: `--until`. A run that is restored from a savepoint"
                  + " keeps the end it was started with.");

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
                  + " (docs/key-configs.md): key = model, value = key config, null value = the model"
                  + " is retired. Of a model that files and topic both have, the greater version is"
                  + " in force.");

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
                  + " `key-config.topic`, and all behind it, before it becomes a dead letter. Once for"
                  + " each such version; over time no more than half the time. `0`: not.");

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
              "An event whose record, with the key and headers it takes along, would be larger becomes a"
                  + " dead letter. Keep it 4 KiB or more below the output topic's `max.message.bytes`.");

  public static final ConfigOption<String> OUTPUT_TOPIC =
      key("output.topic")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Topic of the records, and of tombstones. A key config may name another for its model.");

  public static final ConfigOption<String> DEAD_LETTER_TOPIC =
      key("dead-letter.topic")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Topic of the inputs that could not become records. Must not be compacted, and must"
                  + " take messages 64 KiB larger than the input topic does.");

  public static final ConfigOption<DeliveryGuarantee> OUTPUT_DELIVERY_GUARANTEE =
      key("output.delivery-guarantee")
          .enumType(DeliveryGuarantee.class)
          .defaultValue(DeliveryGuarantee.EXACTLY_ONCE)
          .withDescription(
              "`exactly-once`: Kafka transactions, committed at each checkpoint; consumers read with"
                  + " `isolation.level=read_committed`. `at-least-once`: visible at once, duplicates"
                  + " after a failure. `none`: loss after a failure, too.");

  public static final ConfigOption<String> OUTPUT_TRANSACTIONAL_ID_PREFIX =
      key("output.transactional-id-prefix")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "What the job's transactional ids start with; the default is the job's name and a dot."
                  + " No two jobs on one Kafka cluster may have the same: each would abort the other's"
                  + " transactions.");

  public static final ConfigOption<Duration> OUTPUT_TRANSACTION_TIMEOUT =
      key("output.transaction-timeout")
          .durationType()
          .defaultValue(Duration.ofMinutes(10))
          .withDescription(
              "How long a transaction may stay open. What was written before a longer outage is lost,"
                  + " so give it checkpoint interval, checkpoint timeout and the longest outage. The"
                  + " broker allows `transaction.max.timeout.ms`, 15 min if not set.");

  public static final ConfigOption<CommitFailure> OUTPUT_COMMIT_FAILURE =
      key("output.commit-failure")
          .enumType(CommitFailure.class)
          .defaultValue(CommitFailure.FAIL)
          .withDescription(
              "What happens when a transaction of a completed checkpoint is not committed, because the"
                  + " brokers have aborted it or nothing tells whether they have: `fail`: the job fails"
                  + " for good, and says which inputs are lost and how to export them again; `alarm`:"
                  + " that is logged and counted, and the job goes on. Committing twice is neither.");

  public static final ConfigOption<Boolean> RESTORE_ACCEPT_LOSS =
      key("restore.accept-loss")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether a job that starts from a checkpoint or savepoint goes on if transactions of it"
                  + " are lost, with an alarm. For one start, after you have read what is lost.");

  public static final ConfigOption<Boolean> RESTORE_ACCEPT_DUPLICATES =
      key("restore.accept-duplicates")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether an exactly-once job may start from a checkpoint or savepoint that is not its"
                  + " newest, and so write again what was committed since. Without it the job fails"
                  + " and names such a transaction. For one start.");

  public static final ConfigOption<OutputHeaders> OUTPUT_HEADERS =
      key("output.headers")
          .enumType(OutputHeaders.class)
          .defaultValue(OutputHeaders.ALL)
          .withDescription(
              "Which headers a record gets: `all`: `ee.model`, `ee.key-config-version` and `ee.source`;"
                  + " `source`: `ee.source` alone, for consumers that need no more. That"
                  + " saves 33 bytes a record, the two values besides, and CPU.");

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

  /** Every option, in the order of the documentation. */
  public static final List<ConfigOption<?>> ALL =
      List.of(
          BOOTSTRAP_SERVERS,
          INPUT_TOPIC,
          INPUT_FORMAT,
          INPUT_GROUP_ID,
          INPUT_FROM,
          INPUT_UNTIL,
          INPUT_ISOLATION,
          KEY_CONFIG_FILES,
          KEY_CONFIG_TOPIC,
          KEY_CONFIG_START_TIMEOUT,
          KEY_CONFIG_WAIT_TIMEOUT,
          EVENT_MAX_BYTES,
          RECORD_MAX_BYTES,
          OUTPUT_TOPIC,
          OUTPUT_DELIVERY_GUARANTEE,
          OUTPUT_TRANSACTIONAL_ID_PREFIX,
          OUTPUT_TRANSACTION_TIMEOUT,
          OUTPUT_COMMIT_FAILURE,
          RESTORE_ACCEPT_LOSS,
          RESTORE_ACCEPT_DUPLICATES,
          OUTPUT_HEADERS,
          OUTPUT_FORWARD_HEADERS,
          DEAD_LETTER_TOPIC,
          PREFLIGHT_ENABLED,
          PREFLIGHT_TIMEOUT,
          JOB_NAME);

  /** Which messages of transactions the source reads. */
  public enum Isolation {
    READ_COMMITTED,
    READ_UNCOMMITTED
  }

  private JobOptions() {}
}
