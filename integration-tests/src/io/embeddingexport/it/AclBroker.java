package io.embeddingexport.it;

import io.embeddingexport.local.FreePort;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A broker with two listeners: clients without SASL may do everything, users may do what they were
 * allowed. Every user's password is {@code pass}.
 */
public final class AclBroker implements AutoCloseable {
  private static final String LOGIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required ";

  private final BrokerProcess broker;
  private final int saslPort;

  private AclBroker(BrokerProcess broker, int saslPort) {
    this.broker = broker;
    this.saslPort = saslPort;
  }

  /** Starts a broker with the user {@code job}. */
  public static AclBroker start() {
    return start(List.of("job"));
  }

  public static AclBroker start(Collection<String> users) {
    int port = FreePort.find();
    BrokerProcess broker =
        BrokerProcess.start(
            Map.of(
                "listeners",
                "CLIENT://127.0.0.1:" + port,
                "listener.security.protocol.map",
                "CLIENT:SASL_PLAINTEXT,PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "sasl.enabled.mechanisms",
                "PLAIN",
                "listener.name.client.plain.sasl.jaas.config",
                LOGIN + accounts(users) + ";",
                "authorizer.class.name",
                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users",
                "User:ANONYMOUS"));
    return new AclBroker(broker, port);
  }

  private static String accounts(Collection<String> users) {
    return users.stream()
        .map(user -> "user_" + user + "=\"pass\"")
        .collect(Collectors.joining(" "));
  }

  /** For clients that may do everything. */
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** For users. */
  public String saslServers() {
    return "127.0.0.1:" + saslPort;
  }

  /** Client properties of user {@code job}. */
  public Map<String, String> clientProperties(String password) {
    return clientProperties("job", password);
  }

  public static Map<String, String> clientProperties(String user, String password) {
    return Map.of(
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        LOGIN + "username=\"" + user + "\" password=\"" + password + "\";");
  }

  /** Transactional ids are given by their prefix. */
  public static void allow(ResourceType type, String name, AclOperation operation, Admin admin)
      throws Exception {
    PatternType pattern =
        type == ResourceType.TRANSACTIONAL_ID ? PatternType.PREFIXED : PatternType.LITERAL;
    AclBinding binding =
        new AclBinding(
            new ResourcePattern(type, name, pattern),
            new AccessControlEntry("User:job", "*", operation, AclPermissionType.ALLOW));
    admin.createAcls(List.of(binding)).all().get();
  }

  @Override
  public void close() {
    broker.close();
  }
}
