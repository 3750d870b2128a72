package io.embeddingexport.benchmarks.pipeline;

import io.embeddingexport.consumer.Origin;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** The header of contestants that write one: of as many bytes as the job's, made once. */
final class JobHeaders {
  static final List<Header> LIKE_THE_JOBS =
      List.of(header(Origin.HEADER, PipelineWorkload.MODEL + "@1 events-600B-thrift:0:1000000"));

  static final List<Header> NONE = List.of();

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private JobHeaders() {}
}
