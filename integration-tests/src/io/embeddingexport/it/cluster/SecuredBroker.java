package io.embeddingexport.it.cluster;

import static org.awaitility.Awaitility.await;

import io.embeddingexport.local.BrokerDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A real broker that asks who its clients are (SASL/PLAIN) and what they may do
 * (StandardAuthorizer), on loopback: {@code admin} may do everything, {@code job} what it is
 * granted.
 */
final class SecuredBroker implements AutoCloseable {
  private final BrokerDirectory directory;
  private final JavaProcess process;

  private SecuredBroker(BrokerDirectory directory, JavaProcess process) {
    this.directory = directory;
    this.process = process;
  }

  static SecuredBroker start(Path home) throws IOException {
    BrokerDirectory directory = BrokerDirectory.create(home);
    secure(directory);
    SecuredBroker broker =
        new SecuredBroker(
            directory,
            JavaProcess.start(
                "broker",
                home,
                Map.of(),
                List.of(
                    "-Xmx384m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Dlog4j2.configurationFile="
                        + SecuredBroker.class.getResource("/broker-log4j2.properties"),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "kafka.Kafka",
                    directory.configFile().toString())));
    broker.awaitServing();
    return broker;
  }

  /** What stands later in the file goes over what stands there already. */
  private static void secure(BrokerDirectory directory) throws IOException {
    Path file = directory.configFile();
    String controller =
        Files.readAllLines(file).stream()
            .filter(line -> line.startsWith("listeners="))
            .map(line -> line.substring(line.indexOf("CONTROLLER")))
            .findFirst()
            .orElseThrow();
    String settings =
        """

        listeners=SASL_PLAINTEXT://127.0.0.1:%d,%s
        listener.security.protocol.map=CONTROLLER:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT
        security.inter.broker.protocol=SASL_PLAINTEXT
        sasl.mechanism.inter.broker.protocol=PLAIN
        sasl.enabled.mechanisms=PLAIN
        authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
        super.users=User:admin;User:ANONYMOUS
        listener.name.sasl_plaintext.plain.sasl.jaas.config=%s
        """
            .formatted(
                directory.port(),
                controller,
                login("admin") + " user_admin=\"admin-secret\" user_job=\"job-secret\";");
    Files.writeString(file, settings, StandardOpenOption.APPEND);
  }

  private static String login(String user) {
    return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\""
        + user
        + "\" password=\""
        + user
        + "-secret\"";
  }

  private void awaitServing() {
    await("the secured broker")
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              process.requireAlive();
              try (Admin admin = admin()) {
                return !admin.describeCluster().nodes().get().isEmpty();
              } catch (ExecutionException | KafkaException notYet) {
                return false;
              }
            });
  }

  String bootstrapServers() {
    return directory.bootstrapServers();
  }

  /** Client properties of a user, whose password is its name and {@code -secret}. */
  Map<String, String> client(String user) {
    return Map.of(
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        login(user) + ";");
  }

  Map<String, Object> properties(String user) {
    Map<String, Object> properties = new HashMap<>(client(user));
    properties.put("bootstrap.servers", bootstrapServers());
    return properties;
  }

  Admin admin() {
    return Admin.create(properties("admin"));
  }

  /** What is to be granted to the user {@code job}. */
  static AclBinding grant(
      ResourceType type, String name, PatternType pattern, AclOperation operation) {
    return new AclBinding(
        new ResourcePattern(type, name, pattern),
        new AccessControlEntry("User:job", "*", operation, AclPermissionType.ALLOW));
  }

  @Override
  public void close() {
    process.close();
  }
}
