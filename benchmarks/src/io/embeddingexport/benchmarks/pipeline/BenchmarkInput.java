package io.embeddingexport.benchmarks.pipeline;

import io.embeddingexport.event.EventFormat;
import java.util.Locale;

/**
 * What a contestant reads.
 *
 * @see PipelineWorkload#serialized
 */
enum BenchmarkInput {
  THRIFT(EventFormat.THRIFT, 1, 1_024),
  JSON(EventFormat.JSON, 1, 1_024),
  AVRO(EventFormat.AVRO, 1, 1_024),
  PROTOBUF(EventFormat.PROTOBUF, 1, 1_024),
  /** Each event is of the next model. */
  MODELS(EventFormat.THRIFT, 10_000, 10_000);

  private final EventFormat format;
  private final int models;
  private final int variants;

  BenchmarkInput(EventFormat format, int models, int variants) {
    this.format = format;
    this.models = models;
    this.variants = variants;
  }

  EventFormat format() {
    return format;
  }

  int models() {
    return models;
  }

  /** Different contents, so that nothing is cached that would not be in production. */
  int variants() {
    return variants;
  }

  String topic(PipelineWorkload workload) {
    return "events-" + workload.name() + "-" + name().toLowerCase(Locale.ROOT);
  }
}
