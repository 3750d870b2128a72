package io.embeddingexport.flink.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.embeddingexport.thrift.DataRecord;
import io.embeddingexport.thrift.EmbeddingEvent;
import java.io.IOException;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.api.java.typeutils.TypeExtractor;
import org.apache.flink.api.java.typeutils.runtime.kryo.KryoSerializer;
import org.apache.thrift.TBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ThriftKryoSerializerTest {
  private final Kryo kryo = new Kryo();

  ThriftKryoSerializerTest() {
    kryo.register(DataRecord.class, new ThriftKryoSerializer<DataRecord>());
  }

  static Stream<TBase<?, ?>> values() {
    return Stream.of(
        new DataRecord(),
        ThriftSamples.discrete(7, -1),
        ThriftSamples.tensor(300_000),
        ThriftSamples.event("user", 42, new byte[512]));
  }

  @ParameterizedTest
  @MethodSource("values")
  <T extends TBase<T, ?>> void givenFlinksConfigurationThenFlinkUsesThisSerializer(T value)
      throws IOException {
    SerializerConfig config = new SerializerConfigImpl();
    config.configure(FlinkConfig.load("kryo"), getClass().getClassLoader());
    @SuppressWarnings("unchecked")
    Class<T> type = (Class<T>) value.getClass();
    TypeSerializer<T> serializer = new GenericTypeInfo<>(type).createSerializer(config);

    assertThat(((KryoSerializer<T>) serializer).getKryo().getSerializer(type))
        .isInstanceOf(ThriftKryoSerializer.class);
    byte[] bytes = StoredBytes.written(out -> serializer.serialize(value, out));
    assertThat(serializer.deserialize(StoredBytes.input(bytes))).isEqualTo(value);
    assertThat(serializer.copy(value)).isEqualTo(value).isNotSameAs(value);
  }

  @Test
  void withoutTypeInformationFlinkTakesAThriftClassForGeneric() {
    assertThat(TypeExtractor.createTypeInfo(DataRecord.class)).isInstanceOf(GenericTypeInfo.class);
  }

  @Test
  void aWriteShouldGiveTheStructAfterItsLength() {
    Output out = new Output(64);
    kryo.writeObject(out, ThriftSamples.discrete(7, -1));

    assertThat(out.toBytes())
        .isEqualTo(
            StoredBytes.bytes("1A 0D 0003 0A0A 00000001 0000000000000007 FFFFFFFFFFFFFFFF 00"));
  }

  @Test
  void givenOneSerializerForTwoClassesThenEachIsReadAsItself() {
    ThriftKryoSerializer<?> shared = new ThriftKryoSerializer<>();
    Kryo both = new Kryo();
    both.register(DataRecord.class, shared);
    both.register(EmbeddingEvent.class, shared);
    DataRecord record = ThriftSamples.discrete(1, 2);
    EmbeddingEvent event = ThriftSamples.event("user", 3, new byte[4]);
    Output out = new Output(64, -1);
    for (Object value : new Object[] {record, event, record}) {
      both.writeClassAndObject(out, value);
    }

    Input in = new Input(out.toBytes());
    assertThat(both.readClassAndObject(in)).isEqualTo(record);
    assertThat(both.readClassAndObject(in)).isEqualTo(event);
    assertThat(both.readClassAndObject(in)).isEqualTo(record);
  }

  @ParameterizedTest
  @CsvSource({
    "a length of 2^31-1 and two bytes, FFFFFFFF07 0102",
    "a length below 0,                 FFFFFFFF0F 0102",
    "a string of length -1,            08 0B 0001 FFFFFFFF 00",
    "a byte after the end,             02 00 00",
  })
  void givenBytesThatAreNoStructThenTheReadIsAKryoException(String what, String hex) {
    assertThatThrownBy(() -> kryo.readObject(new Input(StoredBytes.bytes(hex)), DataRecord.class))
        .as(what)
        .isInstanceOf(KryoException.class);
  }
}
