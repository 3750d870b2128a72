package io.embeddingexport.benchmarks.pipeline;

import java.time.Duration;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Flink's Kafka source and sink, key and value passed on as they are; with headers like the job's,
 * or without any.
 */
final class IdentityContestant {
  private static final TypeInformation<Tuple2<byte[], byte[]>> KEY_AND_VALUE =
      new TupleTypeInfo<>(
          PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO,
          PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  static void run(ContestantSettings settings, boolean headers) throws Exception {
    Configuration options = FlinkInProcess.options();
    options.set(CoreOptions.DEFAULT_PARALLELISM, settings.parallelism());
    options.set(PipelineOptions.OBJECT_REUSE, true);
    options.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ZERO);
    options.set(
        CheckpointingOptions.CHECKPOINTING_INTERVAL,
        Duration.ofMillis(settings.checkpointMillis()));
    options.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    options.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(options);
    env.fromSource(source(settings), WatermarkStrategy.noWatermarks(), "source", KEY_AND_VALUE)
        .sinkTo(sink(settings, headers));
    env.execute("identity");
  }

  private static KafkaSource<Tuple2<byte[], byte[]>> source(ContestantSettings settings) {
    return KafkaSource.<Tuple2<byte[], byte[]>>builder()
        .setProperties(properties(settings.consumer()))
        .setTopics(settings.input())
        .setStartingOffsets(
            org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer
                .earliest())
        .setDeserializer(new KeyAndValueIn())
        .build();
  }

  private static KafkaSink<Tuple2<byte[], byte[]>> sink(
      ContestantSettings settings, boolean headers) {
    Properties properties = properties(settings.producer());
    properties.put("transaction.timeout.ms", "600000");
    return KafkaSink.<Tuple2<byte[], byte[]>>builder()
        .setBootstrapServers(settings.bootstrapServers())
        .setKafkaProducerConfig(properties)
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(settings.output())
        .setRecordSerializer(new KeyAndValueOut(settings.output(), headers))
        .build();
  }

  private static Properties properties(java.util.Map<String, Object> from) {
    Properties properties = new Properties();
    from.forEach((name, value) -> properties.setProperty(name, value.toString()));
    return properties;
  }

  private static final class KeyAndValueIn
      implements KafkaRecordDeserializationSchema<Tuple2<byte[], byte[]>> {
    private static final long serialVersionUID = 1;

    @Override
    public void deserialize(
        ConsumerRecord<byte[], byte[]> message, Collector<Tuple2<byte[], byte[]>> out) {
      out.collect(Tuple2.of(message.key(), message.value()));
    }

    @Override
    public TypeInformation<Tuple2<byte[], byte[]>> getProducedType() {
      return KEY_AND_VALUE;
    }
  }

  private record KeyAndValueOut(String topic, boolean headers)
      implements KafkaRecordSerializationSchema<Tuple2<byte[], byte[]>> {
    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        Tuple2<byte[], byte[]> message, KafkaSinkContext context, Long timestamp) {
      return new ProducerRecord<>(
          topic,
          null,
          timestamp,
          message.f0,
          message.f1,
          headers ? JobHeaders.LIKE_THE_JOBS : JobHeaders.NONE);
    }
  }

  private IdentityContestant() {}
}
