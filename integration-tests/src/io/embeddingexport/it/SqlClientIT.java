package io.embeddingexport.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.it.cluster.FlinkClassPath;
import io.embeddingexport.it.cluster.JavaProcess;
import io.embeddingexport.it.cluster.StandaloneCluster;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples, through Flink's SQL client on a cluster of processes, with the two jars that they
 * name. Flink's SQL connector for Kafka has the client under a package name of its own.
 */
@ExtendWith(SharedBroker.class)
class SqlClientIT {
  /** Maven puts them there. */
  private static final String CLIENT_JARS =
      Path.of("integration-tests/target/sql-client").toAbsolutePath() + File.separator + "*";

  private static final List<String> JARS =
      List.of(System.getProperty("sql.jar"), System.getProperty("sql.connector.jar"));

  @TempDir private static Path directory;
  private static StandaloneCluster cluster;
  private final Kafka kafka;

  SqlClientIT(Kafka kafka) {
    this.kafka = kafka;
  }

  @BeforeAll
  static void startCluster() throws IOException {
    cluster = StandaloneCluster.start(directory, Map.of());
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @Test
  void theExampleShowsWhatItSays() throws Exception {
    kafka.create("sql-events", 1, Map.of());
    kafka.create("sql-records", 1, Map.of());

    assertThat(shown("records.sql"))
        .doesNotContain("[ERROR]")
        .contains("project=[taste]")
        .contains("|      42 | [0.5, -1.5] | [[1.0, 2.0]] |      NZ |  <NULL> |")
        .contains("|      43 | [0.25, 1.0] |       <NULL> |  <NULL> |  <NULL> |")
        // A record of two features: discrete meta.user_id and tensor 7301.
        .contains("x'0d00030a0a00000001e5cd79e...");
  }

  @Test
  void theExampleOfAKeyConfigTopicShowsWhatItSays() throws Exception {
    kafka.create("sql-users", 1, Map.of());
    publish("etc/samples/keys");

    assertThat(shown("key-config-topic.sql"))
        .doesNotContain("[ERROR]")
        .contains("|      42 |     16 |           7.5 |");
  }

  @Test
  void givenAModelThatTheTopicLacksThenTheClientSaysSo() throws Exception {
    publish("etc/samples/keys");

    assertThat(shown("key-config-topic.sql", "= 'user'", "= 'usr'"))
        .contains("the topic has no model 'usr'; did you mean 'user'?");
  }

  private void publish(String files) {
    Tool.Result published =
        new Tool(
                directory.resolve("job.yaml"),
                Map.of("kafka.bootstrap-servers", kafka.bootstrapServers()))
            .run("keys", "publish", "--create", files);
    assertThat(published.exitCode()).as(published.err()).isZero();
  }

  /**
   * What an example prints.
   *
   * @param changes pairs of what is written in it and what is written instead
   */
  private String shown(String example, String... changes) throws Exception {
    String script =
        Files.readString(Path.of("examples/sql", example))
            .replace("localhost:9092", kafka.bootstrapServers());
    for (int i = 0; i < changes.length; i += 2) {
      assertThat(script).contains(changes[i]);
      script = script.replace(changes[i], changes[i + 1]);
    }
    return sqlClient(Files.writeString(directory.resolve(example), script));
  }

  private static String sqlClient(Path script) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "-Xmx1g",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp",
                FlinkClassPath.value() + File.pathSeparator + CLIENT_JARS,
                "org.apache.flink.table.client.SqlClient",
                "embedded",
                "-Dexecution.target=remote",
                "-Dparallelism.default=1",
                "--history",
                directory.resolve("history").toString(),
                "-f",
                script.toString()));
    for (String jar : JARS) {
      command.addAll(List.of("--jar", jar));
    }
    try (JavaProcess client =
        JavaProcess.start(
            "sql-client", directory, Map.of("FLINK_CONF_DIR", directory.toString()), command)) {
      return client.result();
    }
  }
}
