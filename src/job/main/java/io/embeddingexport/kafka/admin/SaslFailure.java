package io.embeddingexport.kafka.admin;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.login.LoginException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.errors.IllegalSaslStateException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/** Faults of a client's login. */
final class SaslFailure {
  private static final String LOGIN = ConnectionFailure.option(SaslConfigs.SASL_JAAS_CONFIG);

  static Optional<ConnectionFailure> of(List<Throwable> causes, Map<String, ?> client) {
    for (Throwable cause : causes) {
      String said = String.valueOf(cause.getMessage()).replaceAll("\\.$", "");
      if (cause instanceof UnsupportedSaslMechanismException) {
        return Optional.of(
            new ConnectionFailure(
                "the broker does not offer "
                    + ConnectionFailure.option(SaslConfigs.SASL_MECHANISM)
                    + " = "
                    + ConnectionFailure.text(client, SaslConfigs.SASL_MECHANISM, "GSSAPI")
                    + " ("
                    + said
                    + ")",
                "set a mechanism that it offers"));
      }
      if (cause instanceof IllegalSaslStateException) {
        String protocol =
            ConnectionFailure.text(client, CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "SASL");
        return Optional.of(
            new ConnectionFailure(
                "the broker's port takes no login, and "
                    + ConnectionFailure.option(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG)
                    + " is "
                    + protocol,
                "set it to "
                    + (protocol.endsWith("SSL") ? "SSL" : "PLAINTEXT")
                    + ", or use the port of a listener with SASL"));
      }
      if (cause instanceof SaslAuthenticationException) {
        return Optional.of(
            new ConnectionFailure(
                "the broker refuses the login (" + said + ")",
                isToken(client)
                    ? "check the token: its issuer, scope and time; "
                        + LOGIN
                        + " says where it is from"
                    : "check the user and the password in "
                        + LOGIN
                        + ", and that the user exists on the broker"));
      }
      if (cause instanceof LoginException
          || cause instanceof IllegalArgumentException && said.contains("JAAS")) {
        return Optional.of(
            client.get(SaslConfigs.SASL_JAAS_CONFIG) == null
                ? new ConnectionFailure("no login can be made (" + said + ")", "set " + LOGIN)
                // Kafka's message repeats words of the option: the rest of an unquoted password.
                : new ConnectionFailure(
                    "no login can be made from " + LOGIN,
                    "correct it: a login module, its flag, name=\"value\" with quotes, and a"
                        + " semicolon"));
      }
    }
    return Optional.empty();
  }

  private static boolean isToken(Map<String, ?> client) {
    return ConnectionFailure.text(client, SaslConfigs.SASL_MECHANISM, "").equals("OAUTHBEARER");
  }

  private SaslFailure() {}
}
