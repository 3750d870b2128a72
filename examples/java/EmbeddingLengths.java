// A Kafka Streams topology: writes the Euclidean length of each item's embedding to a topic, exactly once.
//
// Do the steps of README's five-minute tour first, with `bin/embedding-export broker --topic embedding-lengths`. Then, in
// this checkout:
//
//   mvn -q package -DskipTests -DskipITs
//   java -cp "$(cat integration-tests/target/classpath)" examples/java/EmbeddingLengths.java localhost:9092 data-records embedding-lengths

import io.embeddingexport.consumer.DataRecordViewSerde;
import io.embeddingexport.datarecord.DataRecordView;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

public final class EmbeddingLengths {
  private static final long ITEM_EMBEDDING = 7311;

  public static void main(String[] args) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, args[0]);
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "embedding-lengths");
    // It also makes the input read_committed.
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    KafkaStreams streams = new KafkaStreams(topology(args[1], args[2]), properties);
    Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
    streams.start();
  }

  private static Topology topology(String records, String lengths) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(records, Consumed.with(Serdes.ByteArray(), new DataRecordViewSerde()))
        .filter((key, record) -> record != null && record.tensor(ITEM_EMBEDDING) != null)
        .mapValues(EmbeddingLengths::length)
        .to(lengths, Produced.with(Serdes.ByteArray(), Serdes.Double()));
    return builder.build();
  }

  private static double length(DataRecordView record) {
    double sum = 0;
    for (float element : record.floats(ITEM_EMBEDDING)) {
      sum += (double) element * element;
    }
    return Math.sqrt(sum);
  }
}
