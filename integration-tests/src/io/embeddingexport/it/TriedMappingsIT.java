package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.flink.ThreadLeakCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code inputs try} with a mapping, on a real broker. */
@ExtendWith({SharedBroker.class, ThreadLeakCheck.class})
class TriedMappingsIT {
  @TempDir private Path directory;
  private final Kafka kafka;

  TriedMappingsIT(Kafka kafka) {
    this.kafka = kafka;
  }

  @Test
  void aMappingShowsWhatEachMessageBecomesAndWhy() throws Exception {
    Tool tool = tool(Map.of());
    String topic = kafka.createTopic("shown", 1);
    Path mapping =
        Files.writeString(
            directory.resolve("m.yaml"),
            "format: json\nentity-id: id\nmodel: {constant: m}\nevent-time: at\n"
                + "delete: {path: op, value: d}\ntensors: {v: v}\n");
    Path keys =
        Files.writeString(
            directory.resolve("k.yaml"),
            "model: m\nversion: 4\nkeys: [{name: v, key: 5, dtype: float, shape: [2]}]\n");
    send(topic, "a", "{\"id\": 1, \"at\": 1767225600000, \"v\": [1, 2]}");
    send(topic, "b", "{\"id\": 2, \"v\": [1, 2, 3]}");
    send(topic, "c", "{\"id\": 3, \"op\": \"d\"}");
    send(topic, "d", "{\"id\": \"secret\"}");
    send(topic, "e", (byte[]) null);

    Tool.Result decoded = tool.run("inputs", "try", topic, "--mapping", mapping.toString());

    assertThat(decoded.exitCode()).isEqualTo(1);
    assertThat(decoded.out().lines())
        .containsExactly(
            "newest messages of topic " + topic + ": 5",
            "  %s:0:0: entity 1, model m, time 2026-01-01T00:00:00Z, tensors v float [2]"
                .formatted(topic),
            "  %s:0:1: entity 2, model m, no time, tensors v float [3]".formatted(topic),
            "  %s:0:2: deletes its entity's record of model m".formatted(topic),
            "  %s:0:3: rejected, undecodable: byte 7: id is not a decimal 64-bit number; send one, or say in the mapping what its text becomes (from-string)"
                .formatted(topic),
            "  %s:0:4: a null value: passes as a tombstone".formatted(topic),
            "events: 2, deletions: 2, rejected: 1");

    Tool.Result decided =
        tool.run(
            "inputs",
            "try",
            topic,
            "-m",
            mapping.toString(),
            "--key-config",
            keys.toString(),
            "-n",
            "5");

    assertThat(decided.out())
        .contains("tensors v float [2]; becomes a record of key config m version 4, ")
        .contains("tensors v float [3]; rejected, size: tensor 0 ('v')")
        .contains("records: 1, deletions: 2, rejected: 2")
        .doesNotContain("secret");
  }

  @Test
  void aJobsOptionsGiveMappingAndKeyConfigs() throws Exception {
    String topic = kafka.createTopic("jobs", 1);
    send(topic, "a", "{\"id\": 1, \"v\": [1, 2]}");
    Files.writeString(
        directory.resolve("m.yaml"),
        "format: json\ntopics: [%s]\nentity-id: id\nmodel: {constant: m}\ntensors: {v: v}\n"
            .formatted(topic));
    Files.writeString(
        directory.resolve("k.yaml"),
        "model: m\nversion: 4\nkeys: [{name: v, key: 5, dtype: float, shape: [2]}]\n");
    Tool tool =
        tool(
            Map.of(
                "input.mapping",
                directory.resolve("m.yaml").toString(),
                "key-config.files",
                directory.resolve("k.yaml").toString()));

    assertThat(tool.run("inputs", "try", topic).out())
        .contains("becomes a record of key config m version 4");
    assertThat(tool.run("inputs", "try", "other").err())
        .contains("no mapping of the job is for topic 'other', only for " + topic);
    assertThat(tool.run("inputs", "validate").out()).contains("valid: ", ", json, of " + topic);
  }

  private Tool tool(Map<String, String> more) {
    Map<String, String> options = new HashMap<>(more);
    options.put("kafka.bootstrap-servers", kafka.bootstrapServers());
    return new Tool(directory.resolve("job.yaml"), options);
  }

  private void send(String topic, @Nullable String key, String json) {
    send(topic, key, json.getBytes(UTF_8));
  }

  private void send(String topic, @Nullable String key, byte @Nullable [] value) {
    kafka.send(
        List.of(new ProducerRecord<>(topic, key == null ? null : key.getBytes(UTF_8), value)));
  }
}
