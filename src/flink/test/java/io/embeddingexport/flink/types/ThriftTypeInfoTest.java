package io.embeddingexport.flink.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.thrift.DataRecord;
import io.embeddingexport.thrift.EmbeddingEvent;
import io.embeddingexport.thrift.GeneralTensor;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.TypeExtractor;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class ThriftTypeInfoTest {

  @Test
  void givenFlinksConfigurationThenExtractionFindsTheTypeInformation() {
    new SerializerConfigImpl().configure(FlinkConfig.load("typeinfo"), getClass().getClassLoader());

    assertThat(TypeExtractor.createTypeInfo(EmbeddingEvent.class))
        .isEqualTo(new ThriftTypeInfo<>(EmbeddingEvent.class));
  }

  @Test
  void itsSerializerNeedsNoGenericTypes() {
    SerializerConfigImpl config = new SerializerConfigImpl();
    config.setGenericTypes(false);

    assertThat(new ThriftTypeInfo<>(DataRecord.class).createSerializer(config))
        .isEqualTo(new ThriftSerializer<>(DataRecord.class));
  }

  @Test
  void aUnionIsAThriftClassToo() throws Exception {
    TypeInformation<GeneralTensor> tensors = new ThriftTypeInfo<>(GeneralTensor.class);

    assertThat(tensors.createSerializer(new SerializerConfigImpl()).createInstance().isSet())
        .isFalse();
    assertThat(InstantiationUtil.clone(tensors)).isEqualTo(tensors);
  }

  @Test
  void equalityGoesByTheClass() {
    assertThat(new ThriftTypeInfo<>(DataRecord.class))
        .isEqualTo(new ThriftTypeInfo<>(DataRecord.class))
        .hasSameHashCodeAs(new ThriftTypeInfo<>(DataRecord.class))
        .isNotEqualTo(new ThriftTypeInfo<>(EmbeddingEvent.class))
        .hasToString("Thrift<DataRecord>");
  }

  @Test
  void givenAClassThatIsNotThriftsThenTheFactoryNamesIt() {
    assertThatThrownBy(
            () -> new ThriftTypeInfo.Factory<DataRecord>().createTypeInfo(String.class, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.String");
  }
}
