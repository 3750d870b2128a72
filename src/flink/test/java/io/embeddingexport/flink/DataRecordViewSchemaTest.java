package io.embeddingexport.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.datarecord.DataRecordView;
import io.embeddingexport.datarecord.DataRecordWriter;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.flink.types.DataRecordViewTypeInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.InstantiationUtil;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.junit.jupiter.api.Test;

class DataRecordViewSchemaTest {
  private static final byte[] NO_RECORD = {13, 0};

  @Test
  void aRecordIsReadAndWrittenAgainAsTheSameBytes() throws Exception {
    DataRecordViewSchema schema = DataRecordViewSchema.failing();

    DataRecordView read = schema.deserialize(record(7));

    assertThat(read).isNotNull();
    assertThat(read.floats(7301)).containsExactly(7, -1);
    assertThat(schema.serialize(read)).isEqualTo(record(7));
    assertThat(schema.deserialize(null)).isNull();
    assertThat(schema.isEndOfStream(read)).isFalse();
  }

  @Test
  void givenBytesThatAreNoRecordThenTheyFailWithReasonAndRemedy() {
    assertThatThrownBy(() -> DataRecordViewSchema.failing().deserialize(NO_RECORD))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("a value of 2 bytes is no DataRecord: ")
        .hasMessageEndingWith("; DataRecordViewSchema.skippingMalformed() passes over such");
  }

  @Test
  void givenBytesThatAreNoRecordWhenSkippedThenTheyAreCounted() throws Exception {
    Counter counter = new SimpleCounter();
    DataRecordViewSchema schema = InstantiationUtil.clone(DataRecordViewSchema.skippingMalformed());
    assertThat(schema.deserialize(NO_RECORD)).as("before it is opened").isNull();
    schema.open(counting(counter));

    assertThat(schema.deserialize(NO_RECORD)).isNull();
    assertThat(schema.deserialize(record(1))).isNotNull();

    assertThat(counter.getCount()).isEqualTo(1);
  }

  @Test
  void recordsCrossBetweenTasksWithoutKryo() throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(
            2, new Configuration().set(PipelineOptions.GENERIC_TYPES, false));
    DataStream<Float> firsts =
        env.fromData(
                PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO,
                LongStream.range(0, 100)
                    .mapToObj(DataRecordViewSchemaTest::record)
                    .toArray(byte[][]::new))
            .map(DataRecordViewSchema.failing()::deserialize)
            .returns(DataRecordViewTypeInfo.INSTANCE)
            .rebalance()
            .map(record -> record.floats(7301)[0]);

    List<Float> collected = new ArrayList<>();
    try (CloseableIterator<Float> results = firsts.executeAndCollect()) {
      results.forEachRemaining(collected::add);
    }

    assertThat(collected).hasSize(100).doesNotHaveDuplicates();
  }

  private static byte[] record(long first) {
    return new DataRecordWriter().tensor(7301, Tensor.ofFloats(null, first, -1)).write();
  }

  private static DeserializationSchema.InitializationContext counting(Counter counter) {
    return new DeserializationSchema.InitializationContext() {
      @Override
      public MetricGroup getMetricGroup() {
        return new UnregisteredMetricsGroup() {
          @Override
          public Counter counter(String name) {
            assertThat(name).isEqualTo("skippedRecords");
            return counter;
          }
        };
      }

      @Override
      public UserCodeClassLoader getUserCodeClassLoader() {
        return SimpleUserCodeClassLoader.create(getClass().getClassLoader());
      }
    };
  }
}
