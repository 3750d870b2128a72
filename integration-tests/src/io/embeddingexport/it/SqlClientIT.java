package io.embeddingexport.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.it.cluster.FlinkClassPath;
import io.embeddingexport.it.cluster.JavaProcess;
import io.embeddingexport.local.FlinkCluster;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The example, through Flink's SQL client, with the one jar that it names. */
@ExtendWith(SharedBroker.class)
class SqlClientIT {
  /** Maven puts them there. */
  private static final String CLIENT_JARS =
      Path.of("integration-tests/target/sql-client").toAbsolutePath() + File.separator + "*";

  private static final Path SQL_JAR = Path.of(System.getProperty("sql.jar"));

  @TempDir private Path directory;
  private final Kafka kafka;

  SqlClientIT(Kafka kafka) {
    this.kafka = kafka;
  }

  @Test
  void theExampleShowsWhatItSays() throws Exception {
    kafka.create("sql-events", 1, Map.of());
    kafka.create("sql-records", 1, Map.of());
    Path script = directory.resolve("records.sql");
    Files.writeString(
        script,
        Files.readString(Path.of("examples/sql/records.sql"))
            .replace("localhost:9092", kafka.bootstrapServers()));
    String output;
    try (FlinkCluster cluster = FlinkCluster.start(1, 1, 0)) {
      URI rest = cluster.restAddress();
      Files.writeString(
          directory.resolve("config.yaml"),
          "execution.target: remote\nrest.address: "
              + rest.getHost()
              + "\nrest.port: "
              + rest.getPort()
              + "\nparallelism.default: 1\n");
      output = sqlClient(script);
    }

    assertThat(output)
        .doesNotContain("[ERROR]")
        .contains("project=[taste]")
        .contains("|      42 | [0.5, -1.5] | [[1.0, 2.0]] |      NZ |  <NULL> |")
        .contains("|      43 | [0.25, 1.0] |       <NULL> |  <NULL> |  <NULL> |")
        // A record of two features: discrete meta.user_id and tensor 7301.
        .contains("x'0d00030a0a00000001e5cd79e...");
  }

  private String sqlClient(Path script) throws Exception {
    // The cluster has Kafka's jars in its lib/, and so has the client.
    String lib =
        String.join(
            File.pathSeparator,
            FlinkClassPath.value(),
            onClassPath("/flink-connector-kafka/"),
            onClassPath("/kafka-clients/"),
            CLIENT_JARS);
    List<String> command =
        List.of(
            "-Xmx1g",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-cp",
            lib,
            "org.apache.flink.table.client.SqlClient",
            "embedded",
            "--history",
            directory.resolve("history").toString(),
            "--jar",
            SQL_JAR.toString(),
            "-f",
            script.toString());
    try (JavaProcess client =
        JavaProcess.start(
            "sql-client", directory, Map.of("FLINK_CONF_DIR", directory.toString()), command)) {
      return client.result();
    }
  }

  private static String onClassPath(String part) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.replace(File.separatorChar, '/').contains(part))
        .findFirst()
        .orElseThrow();
  }
}
