package io.embeddingexport.benchmarks.pipeline;

import io.embeddingexport.kafka.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** What contestants write that write headers: three of as many bytes as the job's, made once. */
final class JobHeaders {
  static final List<Header> LIKE_THE_JOBS =
      List.of(
          header(HeaderNames.MODEL, PipelineWorkload.MODEL),
          header(HeaderNames.KEY_CONFIG_VERSION, "1"),
          header(HeaderNames.SOURCE, "events-600B-thrift:0:1000000"));

  static final List<Header> NONE = List.of();

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private JobHeaders() {}
}
