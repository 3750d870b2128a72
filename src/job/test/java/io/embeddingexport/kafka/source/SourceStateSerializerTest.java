package io.embeddingexport.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SourceStateSerializerTest {
  private static final SourceState STATE =
      new SourceState("g", Set.of("events"), Map.of(new TopicPartition("events", 3), 12L));

  private static final String BYTES =
      "000167" // g
          + "00000001"
          + "00066576656e7473" // events
          + "00000001"
          + "00066576656e7473"
          + "00000003"
          + "000000000000000c";

  private final SourceStateSerializer serializer = new SourceStateSerializer();

  @Property
  void whatIsWrittenIsRead(
      @ForAll String group, @ForAll Set<String> topics, @ForAll Map<Short, Long> stops)
      throws IOException {
    Map<TopicPartition, Long> byPartition = new HashMap<>();
    stops.forEach((partition, stop) -> byPartition.put(new TopicPartition("t", partition), stop));
    SourceState state = new SourceState(group, topics, byPartition);

    assertThat(serializer.deserialize(serializer.getVersion(), serializer.serialize(state)))
        .isEqualTo(state);
  }

  @Test
  void aStateOfNothingIsRead() throws IOException {
    SourceState none = new SourceState("", Set.of(), Map.of());

    assertThat(serializer.deserialize(1, serializer.serialize(none))).isEqualTo(none);
  }

  @Test
  void version1ShouldStayReadableAndBeWhatIsWritten() throws IOException {
    assertThat(serializer.getVersion()).isEqualTo(1);
    assertThat(serializer.serialize(STATE)).isEqualTo(HexFormat.of().parseHex(BYTES));
    assertThat(serializer.deserialize(1, HexFormat.of().parseHex(BYTES))).isEqualTo(STATE);
  }

  @Test
  void aVersionOfALaterReleaseIsRefused() {
    assertThatThrownBy(() -> serializer.deserialize(2, HexFormat.of().parseHex(BYTES)))
        .isInstanceOf(IOException.class)
        .hasMessage("the source's state in format version 2; this release reads 1");
  }
}
