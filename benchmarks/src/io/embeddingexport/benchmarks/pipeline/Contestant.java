package io.embeddingexport.benchmarks.pipeline;

import io.embeddingexport.event.EventFormat;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;

/** Who takes part. All but {@link #PRODUCER} read the input topic and write exactly once. */
enum Contestant {
  /** This job with its key config in a file. */
  JOB("this job", true, Contestant::jobOfFile),
  /** This job with its key config on a topic that it follows. */
  JOB_LIVE("this job, live key config", true, Contestant::jobOfTopic),
  /** Key configs of 10,000 models on the topic, and each event of the next. */
  JOB_MODELS("this job, 10,000 models", true, Contestant::jobOfTopic),
  /** Each record goes to the partition of its event: no key is hashed. */
  JOB_AS_INPUT("this job, output.partitions=as-input", true, Contestant::jobOfFile),
  JOB_LZ4("this job, lz4", true, Contestant::jobOfFile),
  JOB_ZSTD("this job, zstd", true, Contestant::jobOfFile),
  JOB_JSON(
      "this job, JSON events",
      true,
      settings -> new ExportContestant(settings, EventFormat.JSON, false).run()),
  JOB_AVRO(
      "this job, Avro events",
      true,
      settings -> new ExportContestant(settings, EventFormat.AVRO, false).run()),
  JOB_PROTOBUF(
      "this job, Protobuf events",
      true,
      settings -> new ExportContestant(settings, EventFormat.PROTOBUF, false).run()),
  /** Flink's Kafka source and sink with the job's settings, and nothing between them. */
  FLINK_IDENTITY("Flink identity", false, settings -> IdentityContestant.run(settings, false)),
  /** The same with a header a record, as the job writes them. */
  FLINK_HEADERS(
      "Flink identity, headers", false, settings -> IdentityContestant.run(settings, true)),
  STREAMS(
      "Kafka Streams, libthrift", true, settings -> StreamsContestant.run(settings, true, false)),
  STREAMS_HEADERS(
      "Kafka Streams, libthrift, headers",
      true,
      settings -> StreamsContestant.run(settings, true, true)),
  STREAMS_IDENTITY(
      "Kafka Streams identity", false, settings -> StreamsContestant.run(settings, false, false)),
  LOOP("hand-written loop, libthrift", true, settings -> LoopContestant.run(settings, true, false)),
  LOOP_HEADERS(
      "hand-written loop, libthrift, headers",
      true,
      settings -> LoopContestant.run(settings, true, true)),
  LOOP_IDENTITY(
      "hand-written loop, identity", false, settings -> LoopContestant.run(settings, false, false)),
  /** Sends what it has in memory: what sending alone costs. */
  PRODUCER("producer alone", false, ProducerContestant::run);

  /** Runs until the process ends. */
  interface Body {
    void run(ContestantSettings settings) throws Exception;
  }

  private final String title;
  private final boolean converts;
  private final Body body;

  Contestant(String title, boolean converts, Body body) {
    this.title = title;
    this.converts = converts;
    this.body = body;
  }

  String title() {
    return title;
  }

  /** Whether its output is records; otherwise it is the events. */
  boolean converts() {
    return converts;
  }

  boolean isThisJob() {
    return EnumSet.range(JOB, JOB_PROTOBUF).contains(this);
  }

  /** Options of the job that override its defaults. */
  Map<String, String> options() {
    return switch (this) {
      case JOB_AS_INPUT -> Map.of("output.partitions", "as-input");
      case JOB_LZ4 -> Map.of("kafka.sink.compression.type", "lz4");
      case JOB_ZSTD -> Map.of("kafka.sink.compression.type", "zstd");
      default -> Map.of();
    };
  }

  BenchmarkInput input() {
    return switch (this) {
      case JOB_JSON -> BenchmarkInput.JSON;
      case JOB_AVRO -> BenchmarkInput.AVRO;
      case JOB_PROTOBUF -> BenchmarkInput.PROTOBUF;
      case JOB_MODELS -> BenchmarkInput.MODELS;
      default -> BenchmarkInput.THRIFT;
    };
  }

  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  void run(ContestantSettings settings) throws Exception {
    body.run(settings);
  }

  private static void jobOfFile(ContestantSettings settings) throws Exception {
    new ExportContestant(settings, EventFormat.THRIFT, false).run();
  }

  private static void jobOfTopic(ContestantSettings settings) throws Exception {
    new ExportContestant(settings, EventFormat.THRIFT, true).run();
  }
}
