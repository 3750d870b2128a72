package io.embeddingexport.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.export.ExportLimits;
import io.embeddingexport.flink.types.ThriftSamples;
import io.embeddingexport.flink.types.ThriftTypeInfo;
import io.embeddingexport.thrift.DataRecord;
import io.embeddingexport.thrift.EmbeddingEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.ExceptionUtils;
import org.apache.thrift.TDeserializer;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The function as somebody else's job uses it, in a local cluster without generic types. */
@ExtendWith(ThreadLeakCheck.class)
class DataRecordMapFunctionTest {
  private static final byte[] FLOATS = {0, 0, (byte) 0x80, 0x3F, 0, 0, 0, (byte) 0xC0};

  private final StreamExecutionEnvironment env =
      StreamExecutionEnvironment.createLocalEnvironment(
          2, new Configuration().set(PipelineOptions.GENERIC_TYPES, false));

  @Test
  void thriftObjectsGoInAndOutWithoutKryo() throws Exception {
    List<EmbeddingEvent> events =
        LongStream.range(0, 100).mapToObj(id -> ThriftSamples.event("user", id, FLOATS)).toList();

    DataStream<DataRecord> records =
        env.fromData(
                new ThriftTypeInfo<>(EmbeddingEvent.class), events.toArray(EmbeddingEvent[]::new))
            .rebalance()
            .map(ThriftSamples::bytes)
            .returns(PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)
            .map(new DataRecordMapFunction(KeyConfigSamples.vector("user", 1)))
            .uid("export")
            .rebalance()
            .map(DataRecordMapFunctionTest::read)
            .returns(new ThriftTypeInfo<>(DataRecord.class));

    List<DataRecord> collected = new ArrayList<>();
    try (CloseableIterator<DataRecord> results = records.executeAndCollect()) {
      results.forEachRemaining(collected::add);
    }
    assertThat(collected).hasSize(100).containsOnly(ThriftSamples.vector(7, FLOATS));
  }

  @Test
  void givenAnEventThatIsNoRecordThenTheJobFailsWithReasonAndDetail() {
    DataRecordMapFunction function =
        DataRecordMapFunction.builder()
            .format(EventFormat.JSON)
            .limits(new ExportLimits(1_000, 1_000))
            .keyConfigs(List.of(KeyConfigSamples.vector("user", 1)))
            .build();
    byte[] event =
        "{\"entityId\":1,\"model\":\"user\",\"tensors\":[[1],[2]]}"
            .getBytes(StandardCharsets.UTF_8);
    DataStream<byte[]> records =
        env.fromData(PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO, event).map(function);

    assertThatThrownBy(
            () -> {
              try (CloseableIterator<byte[]> results = records.executeAndCollect()) {
                results.forEachRemaining(record -> {});
              }
            })
        .satisfies(
            failure ->
                assertThat(ExceptionUtils.stringifyException(failure))
                    .contains("RejectedEventException: event refused (arity, model user): ")
                    .contains("2 tensors"));
  }

  private static DataRecord read(byte[] record) throws Exception {
    DataRecord read = new DataRecord();
    new TDeserializer(new TBinaryProtocol.Factory()).deserialize(read, record);
    return read;
  }
}
