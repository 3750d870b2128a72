import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.ConfigResource.Type;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Does to a broker what no command of embedding-export does: sends any message, and throttles consumers. Its argument is
 * the broker's address. It reads lines of fields with tabs between, and answers each with {@code ok} once it is done:
 *
 * <pre>
 * send   TOPIC KEY VALUE
 * limit  TOPIC BYTES       largest message that the topic takes
 * quota  BYTES             bytes a second that each consumer gets; "none" ends it
 * </pre>
 *
 * <p>{@code check} runs it from its source.
 */
public final class Messages {
  public static void main(String[] arguments) throws Exception {
    Map<String, Object> properties = Map.of("bootstrap.servers", arguments[0]);
    try (KafkaProducer<String, String> producer =
            new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
        Admin admin = Admin.create(properties)) {
      BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split("\t", -1);
        if (fields[0].equals("send")) {
          producer.send(new ProducerRecord<>(fields[1], fields[2], fields[3])).get();
        } else if (fields[0].equals("limit")) {
          limit(admin, fields[1], fields[2]);
        } else {
          Double bytes = fields[1].equals("none") ? null : Double.valueOf(fields[1]);
          admin.alterClientQuotas(List.of(consumers(bytes))).all().get();
        }
        System.out.println("ok");
      }
    }
  }

  private static void limit(Admin admin, String topic, String bytes) throws Exception {
    AlterConfigOp set =
        new AlterConfigOp(new ConfigEntry("max.message.bytes", bytes), AlterConfigOp.OpType.SET);
    admin.incrementalAlterConfigs(Map.of(new ConfigResource(Type.TOPIC, topic), List.of(set))).all().get();
  }

  private static ClientQuotaAlteration consumers(Double bytes) {
    // A null name is the default of all clients.
    Map<String, String> all = new HashMap<>();
    all.put(ClientQuotaEntity.CLIENT_ID, null);
    return new ClientQuotaAlteration(
        new ClientQuotaEntity(all), List.of(new ClientQuotaAlteration.Op("consumer_byte_rate", bytes)));
  }
}
