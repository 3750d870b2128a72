// Reads the record topic into memory, and prints the nearest neighbours of one entity: of the key that is named last,
// or of any.
//
// Do the steps of README's five-minute tour first. Then, in this checkout:
//
//   mvn -q package -DskipTests -DskipITs
//   java -cp "$(cat integration-tests/target/classpath)" examples/java/Neighbours.java localhost:9092 data-records

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.consumer.DataRecordConsumer;
import io.embeddingexport.datarecord.DataRecordView;
import io.embeddingexport.datarecord.Tensor;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

public final class Neighbours {
  /** A real consumer reads on. This one ends when the topic has had nothing new for so long. */
  private static final Duration IDLE = Duration.ofSeconds(5);

  /** The key of item_embedding in etc/samples/keys/item.yaml. */
  private static final long EMBEDDING = 7311;

  public static void main(String[] args) {
    Map<String, float[]> vectors = read(args[0], args[1]);
    String key = args.length > 2 ? args[2] : vectors.keySet().stream().findFirst().orElse("");
    float[] wanted = vectors.get(key);
    if (wanted == null) {
      System.err.println("no vector has the key '" + key + "'; " + vectors.size() + " have others");
      System.exit(1);
    }
    vectors.entrySet().stream()
        .sorted(Comparator.comparing(other -> -cosine(wanted, other.getValue())))
        .limit(3)
        .forEach(
            near -> System.out.printf("%.3f  %s%n", cosine(wanted, near.getValue()), near.getKey()));
  }

  /** The newest vector of each Kafka key. */
  private static Map<String, float[]> read(String bootstrapServers, String topic) {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", bootstrapServers, "group.id", "neighbours-" + System.nanoTime());
    Map<String, float[]> vectors = new HashMap<>();
    try (DataRecordConsumer consumer = DataRecordConsumer.subscribe(properties, List.of(topic))) {
      long lastNews = System.nanoTime();
      while (System.nanoTime() - lastNews < IDLE.toNanos()) {
        for (ConsumerRecord<byte[], DataRecordView> message : consumer.poll(Duration.ofSeconds(1))) {
          lastNews = System.nanoTime();
          String key = new String(message.key(), UTF_8);
          Tensor vector = message.value() == null ? null : message.value().tensor(EMBEDDING);
          if (vector == null) {
            vectors.remove(key); // a tombstone, or another model's record
          } else {
            vectors.put(key, vector.toFloats());
          }
        }
        consumer.commit();
      }
    }
    return vectors;
  }

  private static double cosine(float[] a, float[] b) {
    return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
