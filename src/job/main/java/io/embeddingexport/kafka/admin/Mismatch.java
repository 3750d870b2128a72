package io.embeddingexport.kafka.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.utils.Utils;

/** What listens at the brokers' addresses, where a client expects something else. */
final class Mismatch {
  /** More than one of several is enough to ask. */
  private static final int MOST_ADDRESSES = 2;

  private static final String PROTOCOL =
      ConnectionFailure.option(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG);

  /**
   * Connects to the first addresses.
   *
   * @param servers {@code host:port,…}
   * @param protocol the client's {@code security.protocol}
   * @return empty: one is as the client expects it
   */
  static Optional<ConnectionFailure> of(String servers, String protocol) {
    List<ConnectionFailure> found = new ArrayList<>();
    for (String server : servers.split(",")) {
      String host = Utils.getHost(server.strip());
      Integer port = Utils.getPort(server.strip());
      if (host == null || port == null || found.size() == MOST_ADDRESSES) {
        continue;
      }
      Optional<ConnectionFailure> one =
          of(server.strip(), protocol, new ListenerProbe(host, port).run());
      if (one.isEmpty()) {
        return one;
      }
      found.add(one.get());
    }
    return found.stream().findFirst();
  }

  static Optional<ConnectionFailure> of(
      String server, String protocol, ListenerProbe.Finding finding) {
    boolean tls = protocol.endsWith("SSL");
    boolean sasl = protocol.startsWith("SASL");
    return Optional.ofNullable(
        switch (finding) {
          case UNRESOLVED ->
              new ConnectionFailure(
                  "the name in " + server + " does not resolve",
                  "correct the address, or check the DNS");
          case REFUSED ->
              new ConnectionFailure(
                  "nothing listens at " + server + " (connection refused)",
                  "check that the broker runs, and the address");
          case UNREACHABLE ->
              new ConnectionFailure(
                  server + " takes no connection",
                  "check that the broker runs, the address and the network");
          case OTHER ->
              new ConnectionFailure(
                  "what listens at " + server + " answers neither Kafka nor TLS",
                  "check the address, and that the broker is not overloaded");
          case TLS ->
              tls
                  ? sasl ? null : maybeLogin(server)
                  : mismatch(
                      server + " speaks TLS", protocol, sasl ? "SASL_SSL" : "SSL or SASL_SSL");
          case PLAINTEXT, SASL_PLAINTEXT -> {
            boolean login = finding == ListenerProbe.Finding.SASL_PLAINTEXT;
            if (tls) {
              yield mismatch(server + " does not speak TLS", protocol, finding.name());
            }
            yield login && !sasl
                ? mismatch(server + " asks for a login (SASL)", protocol, finding.name())
                : null;
          }
        });
  }

  private static ConnectionFailure mismatch(String what, String protocol, String right) {
    return new ConnectionFailure(
        what + ", and " + PROTOCOL + " is " + protocol,
        "set it to " + right + ", or use the port of another listener");
  }

  /** The handshake succeeds, and the broker then closes the connection without a word. */
  private static ConnectionFailure maybeLogin(String server) {
    return new ConnectionFailure(
        server + " speaks TLS, but does not answer",
        "if it asks for a login, set " + PROTOCOL + " to SASL_SSL");
  }

  private Mismatch() {}
}
