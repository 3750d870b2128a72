package io.embeddingexport.kafka.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreparedTransactionSerializerTest {
  /** Built by hand from the grammar: epoch 3, producer 7, id "x-0-1" in Flink's own part. */
  private static final String GOLDEN =
      ("00000001 00000011 0003 0000000000000007 0005 782d302d31"
              + "01 000000000000002a"
              + "01 0007 7265636f726473 00000001 0000000000000028"
              + "00000001 0006 6576656e7473 00000000"
              + "000000000000000a 0000000000000013 0000000000000009")
          .replace(" ", "");

  private final SimpleVersionedSerializer<KafkaCommittable> kafka =
      KafkaSink.<byte[]>builder()
          .setBootstrapServers("127.0.0.1:1")
          .setRecordSerializer(
              (KafkaRecordSerializationSchema<byte[]>)
                  (value, context, timestamp) -> new ProducerRecord<>("t", value))
          .build()
          .getCommittableSerializer();
  private final PreparedTransactionSerializer serializer = new PreparedTransactionSerializer(kafka);

  @Test
  void theStateShouldBeThatOfTheGrammar() throws IOException {
    PreparedTransaction transaction = Transactions.restored("x-0-1", 42);

    assertThat(HexFormat.of().formatHex(serializer.serialize(transaction))).isEqualTo(GOLDEN);
    assertThat(serializer.deserialize(101, HexFormat.of().parseHex(GOLDEN))).isEqualTo(transaction);
  }

  @Test
  void whatIsNotKnownShouldStayUnknown() throws IOException {
    KafkaCommittable committable = new KafkaCommittable(7, (short) 3, "x-0-1", null);
    for (TransactionContent content :
        Arrays.asList(null, new TransactionContent(42, null, List.of()))) {
      PreparedTransaction transaction = new PreparedTransaction(committable, content);
      assertThat(serializer.deserialize(101, serializer.serialize(transaction)))
          .isEqualTo(transaction);
    }
  }

  @Test
  void stateOfFlinksOwnSinkShouldBeRead() throws IOException {
    KafkaCommittable committable = new KafkaCommittable(7, (short) 3, "x-0-1", null);

    assertThat(serializer.deserialize(kafka.getVersion(), kafka.serialize(committable)))
        .isEqualTo(new PreparedTransaction(committable, null));
  }

  @Test
  void stateOfALaterReleaseShouldBeRefused() {
    assertThatThrownBy(() -> serializer.deserialize(102, new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("of version 102, and this release reads 101 and older");
  }

  /**
   * Cut anywhere, or longer than it says, it is damaged, and takes no memory for what it claims.
   */
  @Test
  void damagedStateShouldBeRefused() {
    byte[] state = HexFormat.of().parseHex(GOLDEN);
    for (int length = 0; length < state.length; length++) {
      byte[] cut = Arrays.copyOf(state, length);
      assertThatThrownBy(() -> serializer.deserialize(101, cut))
          .as("the first %d bytes", length)
          .isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> serializer.deserialize(101, Arrays.copyOf(state, state.length + 1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("1 bytes too many");
  }

  @ParameterizedTest
  @ValueSource(strings = {"7fffffff", "ffffffff", "80000000"})
  void aLengthThatCannotBeShouldBeRefused(String length) {
    byte[] state =
        HexFormat.of().parseHex(GOLDEN.replaceFirst("^0000000100000011", "00000001" + length));
    assertThatThrownBy(() -> serializer.deserialize(101, state))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged");
  }
}
