package io.embeddingexport.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.it.security.CommandRun.Outcome;
import io.embeddingexport.it.security.JobBelongings.JobState;
import io.embeddingexport.it.security.SecureBroker.Listener;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The job and every command work over each kind of secure connection. */
class SecureConnectionsIT {
  @TempDir private static Path directory;
  private static Certificates certificates;
  private static SecureBroker broker;
  private static Admin admin;
  private static StandardErrorByThread standardError;
  private static CommandLogging logging;

  /**
   * A kind of connection.
   *
   * @param client properties
   */
  private record Connection(Listener listener, Map<String, String> client) {
    @Override
    public String toString() {
      return listener.protocol + " " + client.getOrDefault("sasl.mechanism", "with a certificate");
    }
  }

  @BeforeAll
  static void start() throws Exception {
    certificates = Certificates.create(directory.resolve("certificates"));
    broker = SecureBroker.start(certificates);
    admin = Admin.create(Map.of("bootstrap.servers", broker.plainAddress()));
    standardError = StandardErrorByThread.install();
    logging = CommandLogging.begin();
  }

  @AfterAll
  static void stop() {
    logging.close();
    standardError.close();
    admin.close();
    broker.close();
  }

  static Stream<Connection> connections() {
    Map<String, String> trust = SecureBroker.truststore(certificates.trust("ca"));
    return Stream.of(
        new Connection(
            Listener.LOGIN,
            ConnectionFault.client(
                "SASL_SSL", trust, SecureBroker.login("job", SecureBroker.PASSWORD))),
        new Connection(
            Listener.MUTUAL,
            ConnectionFault.client(
                "SSL", trust, SecureBroker.keystore(certificates.store("client")))),
        new Connection(
            Listener.TOKENS,
            ConnectionFault.client("SASL_SSL", trust, SecureBroker.token("job", "export"))));
  }

  @ParameterizedTest
  @MethodSource("connections")
  void everyCommandWorks(Connection connection) {
    SoftAssertions softly = new SoftAssertions();
    for (PermissionTrial trial : PermissionTrial.connecting()) {
      softly.check(() -> requireWorks(trial, connection));
    }
    softly.assertAll();
  }

  private static void requireWorks(PermissionTrial trial, Connection connection) throws Exception {
    String name = connection.listener().name().toLowerCase(Locale.ROOT) + '-' + trial.job();
    JobBelongings job = new JobBelongings(name, broker.plainAddress(), admin);
    Map<String, String> options = JobBelongings.options(name);
    options.put("kafka.bootstrap-servers", broker.plainAddress());
    trial.prepare(job, CommandRun.with(options, directory, standardError));
    options.put("kafka.bootstrap-servers", broker.address(connection.listener()));
    connection.client().forEach((key, value) -> options.put("kafka.client." + key, value));
    CommandRun run = CommandRun.with(options, directory, standardError);
    JobState before = job.state(true);

    Outcome outcome = run.command(trial.words(job));

    assertThat(outcome.exitCode()).as(trial + ": " + outcome).isZero();
    assertThat(outcome.err().lines())
        .as(trial.toString())
        .noneMatch(line -> line.startsWith(CommandLogging.LINE));
    assertThat(outcome.toString()).as(trial.toString()).doesNotContain("sesame");
    assertThat(job.state(true).equals(before)).as(trial.toString()).isEqualTo(!trial.changes());
  }
}
