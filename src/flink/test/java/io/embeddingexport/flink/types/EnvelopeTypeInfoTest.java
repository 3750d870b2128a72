package io.embeddingexport.flink.types;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class EnvelopeTypeInfoTest {

  @Test
  void extractionFindsTheTypeInformationOfEnvelopeAndDecision() {
    assertThat(TypeInformation.of(Envelope.class)).isSameAs(EnvelopeTypeInfo.INSTANCE);
    assertThat(TypeInformation.of(Decision.class)).isSameAs(DecisionTypeInfo.INSTANCE);
  }

  @Test
  void theSerializerNeedsNoGenericTypes() {
    SerializerConfigImpl config = new SerializerConfigImpl();
    config.setGenericTypes(false);

    assertThat(EnvelopeTypeInfo.INSTANCE.createSerializer(config))
        .isSameAs(EnvelopeSerializer.INSTANCE);
    assertThat(DecisionTypeInfo.INSTANCE.createSerializer(config))
        .isSameAs(DecisionSerializer.INSTANCE);
  }

  @Test
  void equalityGoesByTheClassAndSurvivesTheWayToATask() throws Exception {
    assertThat(InstantiationUtil.clone(EnvelopeTypeInfo.INSTANCE))
        .isEqualTo(EnvelopeTypeInfo.INSTANCE)
        .hasSameHashCodeAs(EnvelopeTypeInfo.INSTANCE)
        .hasToString("Envelope");
    assertThat(EnvelopeTypeInfo.INSTANCE.equals((Object) DecisionTypeInfo.INSTANCE)).isFalse();
  }
}
