package io.embeddingexport.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of {@code flink-conf/} that Flink's scripts look for, as log4j itself reads them. */
class FlinkLoggingTest {
  private static final Path DIRECTORY = Path.of("flink-conf");

  /** The property in which the scripts name the log. */
  private static final String LOG_FILE = "log.file";

  @TempDir private Path directory;
  private Path log;

  @BeforeEach
  void nameTheLog() {
    log = directory.resolve("flink.log");
    System.setProperty(LOG_FILE, log.toString());
  }

  @AfterEach
  void forgetTheLog() {
    System.clearProperty(LOG_FILE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"log4j.properties", "log4j-console.properties", "log4j-cli.properties"})
  void whatIsLoggedIsInTheFileThatTheScriptsName(String file) throws IOException {
    LoggerContext context = start(file);
    context.getLogger("io.embeddingexport.Any").info("an info");
    context.getLogger("io.embeddingexport.Any").debug("a detail");
    context.getLogger("org.apache.kafka.clients.producer.ProducerConfig").info("100 settings");
    context.getLogger("org.apache.kafka.clients.producer.ProducerConfig").warn("a wrong setting");
    context.stop();

    assertThat(Files.readAllLines(log))
        .hasSize(2)
        .anyMatch(line -> line.matches(".* INFO +io.embeddingexport.Any \\[.*\\] - an info"))
        .anyMatch(line -> line.matches(".* WARN +\\S+.ProducerConfig \\[.*\\] - a wrong setting"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"log4j-console.properties", "log4j-session.properties"})
  void whatRunsInTheForegroundLogsToTheConsole(String file) {
    LoggerContext context = start(file);
    Map<String, Appender> appenders = context.getConfiguration().getRootLogger().getAppenders();
    context.stop();

    assertThat(appenders.values()).anyMatch(ConsoleAppender.class::isInstance);
  }

  /** start-cluster.sh starts nothing without them. */
  @ParameterizedTest
  @ValueSource(strings = {"masters", "workers"})
  void startClusterFindsAHost(String file) throws IOException {
    assertThat(Files.readAllLines(DIRECTORY.resolve(file)))
        .filteredOn(line -> !line.startsWith("#") && !line.isBlank())
        .singleElement()
        .asString()
        .startsWith("localhost");
  }

  private static LoggerContext start(String file) {
    LoggerContext context =
        new LoggerContext(file, null, DIRECTORY.resolve(file).toAbsolutePath().toUri());
    context.start();
    return context;
  }
}
