package io.embeddingexport.it.security;

import io.embeddingexport.it.BrokerProcess;
import io.embeddingexport.local.FreePort;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/** A broker with a listener of every kind: with and without TLS, logins and good certificates. */
final class SecureBroker implements AutoCloseable {
  static final String PASSWORD = "sesame-login";

  private static final String TOKENS_LOGIN =
      "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required";

  /** A listener besides the broker's plain one. */
  enum Listener {
    LOGIN("SASL_SSL", "broker"),
    OPENLOGIN("SASL_PLAINTEXT", "broker"),
    MUTUAL("SSL", "broker"),
    TOKENS("SASL_SSL", "broker"),
    EXPIRED("SSL", "expired"),
    EARLY("SSL", "early"),
    ELSEWHERE("SSL", "elsewhere");

    final String protocol;
    private final String certificate;

    Listener(String protocol, String certificate) {
      this.protocol = protocol;
      this.certificate = certificate;
    }
  }

  private final BrokerProcess broker;
  private final Map<Listener, String> addresses;

  private SecureBroker(BrokerProcess broker, Map<Listener, String> addresses) {
    this.broker = broker;
    this.addresses = addresses;
  }

  /** Starts a broker with the user {@code job}, and topics for a job. */
  static SecureBroker start(Certificates certificates) throws Exception {
    Map<Listener, String> addresses = new EnumMap<>(Listener.class);
    for (Listener listener : Listener.values()) {
      addresses.put(listener, "127.0.0.1:" + FreePort.find());
    }
    BrokerProcess process = BrokerProcess.start(settings(addresses, certificates));
    SecureBroker broker = new SecureBroker(process, addresses);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.plainAddress()))) {
      admin
          .alterUserScramCredentials(
              List.of(
                  new UserScramCredentialUpsertion(
                      "job",
                      new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096),
                      PASSWORD)))
          .all()
          .get();
      admin
          .createTopics(
              List.of(
                  new NewTopic("events", 1, (short) 1),
                  new NewTopic("records", 1, (short) 1),
                  new NewTopic("letters", 1, (short) 1)
                      .configs(Map.of("max.message.bytes", "1200000")),
                  new NewTopic("configs", 1, (short) 1)
                      .configs(Map.of("cleanup.policy", "compact"))))
          .all()
          .get();
    }
    return broker;
  }

  private static Map<String, String> settings(
      Map<Listener, String> addresses, Certificates certificates) {
    String listeners =
        addresses.entrySet().stream()
            .map(entry -> entry.getKey() + "://" + entry.getValue())
            .collect(Collectors.joining(","));
    String protocols =
        addresses.keySet().stream()
            .map(listener -> listener + ":" + listener.protocol)
            .collect(Collectors.joining(","));
    Map<String, String> settings = new HashMap<>();
    settings.put("listeners", listeners);
    settings.put("advertised.listeners", listeners);
    settings.put(
        "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT," + protocols);
    settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
    settings.putAll(truststore(certificates.trust("ca")));
    for (Listener listener : addresses.keySet()) {
      String prefix = "listener.name." + listener.name().toLowerCase(Locale.ROOT) + '.';
      keystore(certificates.store(listener.certificate))
          .forEach((name, value) -> settings.put(prefix + name, value));
      settings.put(
          prefix + "scram-sha-512.sasl.jaas.config",
          "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    }
    settings.put("listener.name.mutual.ssl.client.auth", "required");
    settings.put("listener.name.tokens.sasl.enabled.mechanisms", "OAUTHBEARER");
    settings.put(
        "listener.name.tokens.oauthbearer.sasl.jaas.config",
        TOKENS_LOGIN
            + " unsecuredLoginStringClaim_sub=\"broker\""
            + " unsecuredValidatorRequiredScope=\"export\";");
    return settings;
  }

  static Map<String, String> truststore(Path file) {
    return Map.of(
        "ssl.truststore.location",
        file.toString(),
        "ssl.truststore.password",
        Certificates.PASSWORD,
        "ssl.truststore.type",
        "PKCS12");
  }

  static Map<String, String> keystore(Path file) {
    return Map.of(
        "ssl.keystore.location",
        file.toString(),
        "ssl.keystore.password",
        Certificates.PASSWORD,
        "ssl.keystore.type",
        "PKCS12");
  }

  /** Client properties of a login. */
  static Map<String, String> login(String user, String password) {
    return Map.of(
        "sasl.mechanism",
        "SCRAM-SHA-512",
        "sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\""
            + user
            + "\" password=\""
            + password
            + "\";");
  }

  /**
   * Client properties of a login with a token that nobody signs.
   *
   * @param scope "export": the broker accepts it
   */
  static Map<String, String> token(String user, String scope) {
    return Map.of(
        "sasl.mechanism",
        "OAUTHBEARER",
        "sasl.jaas.config",
        "%s unsecuredLoginStringClaim_sub=\"%s\" unsecuredLoginListClaim_scope=\",%s\";"
            .formatted(TOKENS_LOGIN, user, scope));
  }

  /** The address without TLS and logins. */
  String plainAddress() {
    return broker.bootstrapServers();
  }

  String address(Listener listener) {
    return addresses.get(listener);
  }

  @Override
  public void close() {
    broker.close();
  }
}
