package io.embeddingexport.benchmarks.pipeline;

import java.nio.file.Files;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.thrift.TException;

/** Kafka Streams, exactly_once_v2, with the job's client settings. */
final class StreamsContestant {

  static void run(ContestantSettings settings, boolean convert, boolean headers) throws Exception {
    Properties properties = new Properties();
    settings.producer().forEach((name, value) -> properties.put("producer." + name, value));
    settings.consumer().forEach((name, value) -> properties.put("consumer." + name, value));
    properties.remove("consumer.group.id");
    properties.remove("consumer.enable.auto.commit");
    properties.remove("consumer.isolation.level");
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.output());
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.checkpointMillis());
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.parallelism());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, Files.createTempDirectory("streams").toString());
    StreamsBuilder builder = new StreamsBuilder();
    KStream<byte[], byte[]> events =
        builder.stream(settings.input(), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()));
    KStream<byte[], byte[]> records =
        convert ? events.mapValues(event -> THRIFT.get().toRecord(event)) : events;
    KStream<byte[], byte[]> written = headers ? records.processValues(WithHeaders::new) : records;
    written.to(settings.output(), Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
    try (KafkaStreams streams = new KafkaStreams(builder.build(), properties)) {
      streams.start();
      new CountDownLatch(1).await();
    }
  }

  /** One a thread: a value mapper is shared. */
  private static final ThreadLocal<LibThriftExport> THRIFT =
      ThreadLocal.withInitial(
          () -> {
            try {
              return new LibThriftExport();
            } catch (TException e) {
              throw new IllegalStateException(e);
            }
          });

  private static final class WithHeaders
      extends ContextualFixedKeyProcessor<byte[], byte[], byte[]> {
    @Override
    public void process(FixedKeyRecord<byte[], byte[]> record) {
      context().forward(record.withHeaders(new RecordHeaders(JobHeaders.LIKE_THE_JOBS)));
    }
  }

  private StreamsContestant() {}
}
