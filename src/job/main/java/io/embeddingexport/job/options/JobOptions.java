package io.embeddingexport.job.options;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.export.ExportLimits;
import io.embeddingexport.flink.ExportFunction;
import io.embeddingexport.kafka.sink.DeliveryGuarantee;
import io.embeddingexport.kafka.sink.OutputPartitions;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;

/** The job's options. {@code docs/configuration.md} is generated from them. */
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
          .withDescription("Bootstrap brokers, `host:port`, separated by commas.");

  public static final ConfigOption<List<String>> INPUT_TOPIC =
      key("input.topic")
          .stringType()
          .asList()
          .noDefaultValue()
          .withDescription("Topic, or list of topics, to read events from.");

  public static final ConfigOption<EventFormat> INPUT_FORMAT =
      key("input.format")
          .enumType(EventFormat.class)
          .defaultValue(EventFormat.THRIFT)
          .withDescription(
              "Encoding of events in our own form: `thrift` or `json` (docs/events/own-form.md). All other"
                  + " events need `input.mapping`.");

  public static final ConfigOption<List<String>> INPUT_MAPPING =
      key("input.mapping")
          .stringType()
          .asList()
          .noDefaultValue()
          .withDescription(
              "Files that say how events are sent: format, schema, and where their parts are"
                  + " (docs/events.md). One file is for all topics of `input.topic`. Files that"
                  + " name topics are each for their own, and `input.topic` is left out. A"
                  + " relative path in the options file is relative to that file's directory.");

  public static final ConfigOption<String> INPUT_GROUP_ID =
      key("input.group-id")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Consumer group whose committed offsets are the job's positions: everything before"
                  + " them is exported, and every start continues there (docs/guarantees.md). The"
                  + " default is the job's name. No other job or consumer may use the group.");

  public static final ConfigOption<String> INPUT_FROM =
      key("input.from")
          .stringType()
          .defaultValue("earliest")
          .withDescription(
              "Start of a topic without a position in the group: `earliest`, `latest`,"
                  + " `timestamp:2026-01-31T12:00:00Z` (or milliseconds since the epoch), or"
                  + " `offset:0=12,1=40` (partition=offset; topic:partition=offset with several"
                  + " topics; `*=0` is for every other partition, which otherwise starts at the"
                  + " earliest message). A topic with a position continues there.");

  public static final ConfigOption<Boolean> INPUT_FROM_REQUIRED =
      key("input.from-required")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether a start is refused, instead of continuing, if the group already has a"
                  + " position. `--from POSITION` on the command line sets this and `input.from`.");

  public static final ConfigOption<Duration> INPUT_DISCOVERY_INTERVAL =
      key("input.discovery-interval")
          .durationType()
          .defaultValue(Duration.ofMinutes(1))
          .withDescription(
              "Time between two checks for new partitions of the input topics, which are read"
                  + " from their first message, and for a re-created key-config topic.");

  public static final ConfigOption<String> INPUT_UNTIL =
      key("input.until")
          .stringType()
          .defaultValue("none")
          .withDescription(
              "End of a bounded run: `none`, `latest` (the end at the start of the job),"
                  + " `timestamp:…` (before the first message at or after it), or"
                  + " `offset:0=12,1=40` (before that offset; `*=0` is for every other partition,"
                  + " which otherwise is read to its end at the start of the job). The"
                  + " command-line option is `--until`. A run that is restored from a savepoint"
                  + " keeps its first end.");

  public static final ConfigOption<Isolation> INPUT_ISOLATION =
      key("input.isolation")
          .enumType(Isolation.class)
          .defaultValue(Isolation.READ_COMMITTED)
          .withDescription(
              "Whether events of open and aborted transactions are skipped (`read_committed`) or"
                  + " read (`read_uncommitted`).");

  public static final ConfigOption<List<String>> KEY_CONFIG_FILES =
      key("key-config.files")
          .stringType()
          .asList()
          .noDefaultValue()
          .withDescription(
              "Key configs (docs/key-configs.md): files, or directories of .yaml, .yml and .json"
                  + " files. A relative path in the options file is relative to that file's"
                  + " directory.");

  public static final ConfigOption<String> KEY_CONFIG_TOPIC =
      key("key-config.topic")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Compacted topic of key configs that the job follows while it runs"
                  + " (docs/key-configs.md): key = model, value = key config, null value = the"
                  + " model is retired. The greater version is in force if both files and topic"
                  + " have a model.");

  public static final ConfigOption<Duration> KEY_CONFIG_START_TIMEOUT =
      key("key-config.start-timeout")
          .durationType()
          .defaultValue(Duration.ofMinutes(1))
          .withDescription(
              "Longest time for an instance to read `key-config.topic` to its end at the start."
                  + " The job fails and restarts after that. No event is decided before the end"
                  + " is read.");

  public static final ConfigOption<Duration> KEY_CONFIG_WAIT_TIMEOUT =
      key("key-config.wait-timeout")
          .durationType()
          .defaultValue(Duration.ofSeconds(10))
          .withDescription(
              "Longest time that an event waits for the key-config version it names if that is"
                  + " not on `key-config.topic` yet. Events behind it wait as well. The event"
                  + " then becomes a dead letter. The job waits for each version once, and waits"
                  + " for at most half the time overall. `0` disables waiting.");

  public static final ConfigOption<MemorySize> EVENT_MAX_BYTES =
      key("event.max-bytes")
          .memoryType()
          .defaultValue(new MemorySize(ExportLimits.DEFAULT.maxEventBytes()))
          .withDescription("Largest event that is decoded. A larger one becomes a dead letter.");

  public static final ConfigOption<MemorySize> RECORD_MAX_BYTES =
      key("record.max-bytes")
          .memoryType()
          .defaultValue(new MemorySize(ExportLimits.DEFAULT.maxRecordBytes()))
          .withDescription(
              "Largest record, with its key and the headers it keeps. An event whose record"
                  + " would be larger becomes a dead letter. Keep this at least 4 KiB below the output"
                  + " topic's `max.message.bytes`.");

  public static final ConfigOption<List<String>> EXPORT_MODELS =
      key("export.models")
          .stringType()
          .asList()
          .defaultValues()
          .withDescription(
              "Models whose events are exported; an empty list means all. Every other input is"
                  + " skipped: nothing is written for it, and the position moves past it. That"
                  + " includes undecodable inputs and tombstones without a model"
                  + " (docs/positions.md). It is meant for a re-export next to the job that"
                  + " exports everything.");

  public static final ConfigOption<String> OUTPUT_TOPIC =
      key("output.topic")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Topic of records and tombstones. A key config may name another topic for its"
                  + " model.");

  public static final ConfigOption<Boolean> OUTPUT_SINGLE_TOPIC =
      key("output.single-topic")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether all records and tombstones go to `output.topic`, even if their model's key"
                  + " config names a topic.");

  public static final ConfigOption<String> DEAD_LETTER_TOPIC =
      key("dead-letter.topic")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Topic of inputs that could not become records. It must not be compacted. It must"
                  + " accept messages that are 64 KiB larger than those of the input topic.");

  public static final ConfigOption<Boolean> DEAD_LETTER_KEY_CONFIGS =
      key("dead-letter.key-configs")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Whether a refused key config on `key-config.topic` becomes a dead letter. Set"
                  + " `false` if another job writes that dead letter; `backfill` sets it.");

  public static final ConfigOption<Integer> REJECT_BRAKE_PERCENT =
      key("reject-brake.percent")
          .intType()
          .defaultValue(0)
          .withDescription(
              "If more than this share of the inputs of the last minute are rejected, of a model or"
                  + " of all, the job fails for good after the next commit, and names model and"
                  + " reason. Started again it goes on from its position. `0`: any number may be"
                  + " rejected. Each subtask counts its own inputs.");

  public static final ConfigOption<Long> REJECT_BRAKE_MIN_INPUTS =
      key("reject-brake.min-inputs")
          .longType()
          .defaultValue(1000L)
          .withDescription(
              "Fewer inputs than these in the last minute never fail the job"
                  + " (`reject-brake.percent`).");

  public static final ConfigOption<OutputPartitions> OUTPUT_PARTITIONS =
      key("output.partitions")
          .enumType(OutputPartitions.class)
          .defaultValue(OutputPartitions.BY_KEY)
          .withDescription(
              "Partition of a record or tombstone. `by-key`: by a hash of its key. `as-input`:"
                  + " the number of the event's partition. `as-input` keeps the order of the"
                  + " whole input partition and costs less. It needs output topics with as many"
                  + " partitions as the input topics. Dead letters are always partitioned by key.");

  public static final ConfigOption<DeliveryGuarantee> OUTPUT_DELIVERY_GUARANTEE =
      key("output.delivery-guarantee")
          .enumType(DeliveryGuarantee.class)
          .defaultValue(DeliveryGuarantee.EXACTLY_ONCE)
          .withDescription(
              "`exactly-once`: Kafka transactions, committed at each checkpoint; consumers read"
                  + " with `isolation.level=read_committed`. `at-least-once`: records are visible at"
                  + " once, with duplicates after a failure.");

  public static final ConfigOption<String> OUTPUT_TRANSACTIONAL_ID_PREFIX =
      key("output.transactional-id-prefix")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Prefix of the job's transactional ids; the default is the job's name and a dot."
                  + " No two jobs on one Kafka cluster may share it: each would abort the other's"
                  + " transactions.");

  public static final ConfigOption<Duration> OUTPUT_TRANSACTION_TIMEOUT =
      key("output.transaction-timeout")
          .durationType()
          .noDefaultValue()
          .withDescription(
              "Time after which the brokers abort an open transaction. The default is the time"
                  + " that checkpoints need: (1 + tolerable failed checkpoints) × (interval +"
                  + " checkpoint timeout), plus 1 min, or plus interval + checkpoint timeout if"
                  + " that is less. A shorter time is refused. A longer outage loses nothing: the"
                  + " inputs are read again.");

  public static final ConfigOption<List<String>> OUTPUT_FORWARD_HEADERS =
      key("output.forward-headers")
          .stringType()
          .asList()
          .defaultValues()
          .withDescription(
              "Names of the event headers that the record keeps. Dead letters keep all headers.");

  public static final ConfigOption<Integer> METRICS_SAMPLE_EVERY =
      key("metrics.sample-every")
          .intType()
          .defaultValue(ExportFunction.DEFAULT_SAMPLE_EVERY)
          .withDescription(
              "One event in so many, at random, is measured: its encode time, and the norm, zeros"
                  + " and non-finite values of its tensors (docs/metrics.md). `0`: none.");

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
          .withDescription("Time limit for the checks before the start.");

  public static final ConfigOption<List<String>> ALLOW_UNKNOWN =
      key("allow-unknown")
          .stringType()
          .asList()
          .defaultValues()
          .withDescription(
              "Names of `kafka.*` and `flink.*` options that only a plugin reads. A name that"
                  + " ends with `*` matches every name with that prefix. All other unknown names"
                  + " are refused.");

  /** Every option, in the order of the documentation. */
  public static final List<ConfigOption<?>> ALL =
      List.of(
          BOOTSTRAP_SERVERS,
          INPUT_TOPIC,
          INPUT_FORMAT,
          INPUT_MAPPING,
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
          OUTPUT_PARTITIONS,
          OUTPUT_DELIVERY_GUARANTEE,
          OUTPUT_TRANSACTIONAL_ID_PREFIX,
          OUTPUT_TRANSACTION_TIMEOUT,
          OUTPUT_FORWARD_HEADERS,
          DEAD_LETTER_TOPIC,
          DEAD_LETTER_KEY_CONFIGS,
          REJECT_BRAKE_PERCENT,
          REJECT_BRAKE_MIN_INPUTS,
          METRICS_SAMPLE_EVERY,
          PREFLIGHT_ENABLED,
          PREFLIGHT_TIMEOUT,
          ALLOW_UNKNOWN,
          JOB_NAME);

  /** The transactional messages that the source reads. */
  public enum Isolation {
    READ_COMMITTED,
    READ_UNCOMMITTED
  }

  private JobOptions() {}
}
