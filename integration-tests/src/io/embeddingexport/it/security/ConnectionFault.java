package io.embeddingexport.it.security;

import static io.embeddingexport.it.security.SecureBroker.keystore;
import static io.embeddingexport.it.security.SecureBroker.login;
import static io.embeddingexport.it.security.SecureBroker.truststore;

import io.embeddingexport.it.security.SecureBroker.Listener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A connection that cannot work.
 *
 * @param client properties
 * @param sentence what must be said: words of the cause and of the remedy
 */
record ConnectionFault(
    String name, String address, Map<String, String> client, List<String> sentence) {

  @Override
  public String toString() {
    return name;
  }

  static List<ConnectionFault> all(SecureBroker broker, Certificates files, String nobody) {
    Map<String, String> trust = truststore(files.trust("ca"));
    Map<String, String> job = login("job", SecureBroker.PASSWORD);
    List<ConnectionFault> all = new ArrayList<>();
    String login = broker.address(Listener.LOGIN);
    all.add(
        new ConnectionFault(
            "no truststore",
            login,
            client("SASL_SSL", job),
            List.of("no truststore is set", "set kafka.client.ssl.truststore.location")));
    all.add(
        new ConnectionFault(
            "unknown CA",
            login,
            client("SASL_SSL", job, truststore(files.trust("stranger"))),
            List.of("is not in the truststore", "trust-stranger.p12", "add the CA's certificate")));
    all.add(
        new ConnectionFault(
            "expired certificate",
            broker.address(Listener.EXPIRED),
            client("SSL", trust),
            List.of("certificate has expired (NotAfter: ", "renew it")));
    all.add(
        new ConnectionFault(
            "certificate of the future",
            broker.address(Listener.EARLY),
            client("SSL", trust),
            List.of("is not valid yet (NotBefore: ", "clock")));
    all.add(
        new ConnectionFault(
            "certificate of another host",
            broker.address(Listener.ELSEWHERE),
            client("SSL", trust),
            List.of("is for another host", "127.0.0.1", "use a name that is in the certificate")));
    String mutual = broker.address(Listener.MUTUAL);
    all.add(
        new ConnectionFault(
            "no client certificate",
            mutual,
            client("SSL", trust),
            List.of("asks for a client's certificate", "kafka.client.ssl.keystore.location")));
    all.add(
        new ConnectionFault(
            "client certificate of an unknown CA",
            mutual,
            client("SSL", trust, keystore(files.store("strange-client"))),
            List.of("refuses the client's certificate", "strange-client.p12", "truststore")));
    all.add(
        new ConnectionFault(
            "plaintext to TLS",
            mutual,
            Map.of(),
            List.of(mutual + " speaks TLS", "security.protocol is PLAINTEXT", "set it to SSL")));
    all.add(
        new ConnectionFault(
            "a login without TLS to TLS",
            login,
            client("SASL_PLAINTEXT", job),
            List.of(login + " speaks TLS", "set it to SASL_SSL")));
    String plain = broker.plainAddress();
    all.add(
        new ConnectionFault(
            "TLS to plaintext",
            plain,
            client("SSL", trust),
            List.of(plain + " does not speak TLS", "set it to PLAINTEXT")));
    all.add(
        new ConnectionFault(
            "no login to a port with one",
            broker.address(Listener.OPENLOGIN),
            Map.of(),
            List.of("asks for a login (SASL)", "set it to SASL_PLAINTEXT")));
    all.add(
        new ConnectionFault(
            "TLS without a login to a port with one",
            login,
            client("SSL", trust),
            List.of("speaks TLS, but does not answer", "SASL_SSL")));
    all.addAll(logins(login, plain, job, trust));
    all.add(
        new ConnectionFault(
            "token without the scope",
            broker.address(Listener.TOKENS),
            client("SASL_SSL", trust, SecureBroker.token("job", "sesame-scope")),
            List.of("refuses the login", "check the token: its issuer, scope and time")));
    Map<String, String> missing = new HashMap<>(keystore(files.store("no-such")));
    all.add(
        new ConnectionFault(
            "missing keystore",
            mutual,
            client("SSL", trust, missing),
            List.of("no-such.p12: the file does not exist", "correct it")));
    Map<String, String> unopened = new HashMap<>(keystore(files.store("client")));
    unopened.put("ssl.keystore.password", "sesame-guess");
    all.add(
        new ConnectionFault(
            "wrong keystore password",
            mutual,
            client("SSL", trust, unopened),
            List.of(
                "client.p12: the password does not open", "kafka.client.ssl.keystore.password")));
    all.add(
        new ConnectionFault(
            "no broker",
            nobody,
            Map.of(),
            List.of("nothing listens at " + nobody, "check that the broker runs")));
    all.add(
        new ConnectionFault(
            "unknown name",
            "no-such-host.invalid:9092",
            Map.of(),
            List.of("no-such-host.invalid:9092 resolves", "correct the address")));
    return all;
  }

  private static List<ConnectionFault> logins(
      String login, String plain, Map<String, String> job, Map<String, String> trust) {
    Map<String, String> other = new HashMap<>(job);
    other.put("sasl.mechanism", "PLAIN");
    other.put(
        "sasl.jaas.config", job.get("sasl.jaas.config").replace("scram.Scram", "plain.Plain"));
    return List.of(
        new ConnectionFault(
            "wrong password",
            login,
            client("SASL_SSL", trust, login("job", "sesame-guess")),
            List.of("refuses the login", "check the user and the password")),
        new ConnectionFault(
            "unknown user",
            login,
            client("SASL_SSL", trust, login("nobody", "sesame-guess")),
            List.of("refuses the login", "the user exists on the broker")),
        new ConnectionFault(
            "wrong mechanism",
            login,
            client("SASL_SSL", trust, other),
            List.of("does not offer kafka.client.sasl.mechanism = PLAIN", "SCRAM-SHA-512")),
        new ConnectionFault(
            "a login to a port without one",
            plain,
            client("SASL_PLAINTEXT", job),
            List.of("takes no login", "set it to PLAINTEXT")));
  }

  @SafeVarargs
  static Map<String, String> client(String protocol, Map<String, String>... more) {
    Map<String, String> client = new HashMap<>();
    client.put("security.protocol", protocol);
    List.of(more).forEach(client::putAll);
    return client;
  }
}
