// The library in a Flink job of your own: events in JSON become records, which are printed in hex.
//
//   mvn -q package -DskipTests -DskipITs
//   java -cp "$(cat integration-tests/target/classpath)" examples/java/RecordsInYourJob.java

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.flink.DataRecordMapFunction;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigParser;
import java.util.HexFormat;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

public final class RecordsInYourJob {
  private static final String KEYS =
      """
      model: user
      version: 1
      entity-id-feature: meta.user_id
      keys: [{name: taste, key: 7301, dtype: float, shape: [2]}]
      """;

  public static void main(String[] args) throws Exception {
    KeyConfig keys = KeyConfigParser.parse("the example's key config", KEYS.getBytes(UTF_8));
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    DataStream<byte[]> events =
        environment.fromData(
            event("{\"entityId\": 42, \"model\": \"user\", \"tensors\": {\"taste\": [0.25, -1.5]}}"),
            event("{\"entityId\": 43, \"model\": \"user\", \"tensors\": {\"taste\": [3, 1e-3]}}"));
    DataStream<byte[]> records =
        events.map(
            DataRecordMapFunction.builder()
                .keyConfigs(List.of(keys))
                .format(EventFormat.JSON)
                .build());
    try (CloseableIterator<byte[]> all = records.executeAndCollect()) {
      all.forEachRemaining(record -> System.out.println(HexFormat.of().formatHex(record)));
    }
  }

  private static byte[] event(String json) {
    return json.getBytes(UTF_8);
  }
}
