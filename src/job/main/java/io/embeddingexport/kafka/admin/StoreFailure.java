package io.embeddingexport.kafka.admin;

import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.security.UnrecoverableKeyException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.SslConfigs;

/** Faults of the files with a client's certificates and keys. */
final class StoreFailure {

  static Optional<ConnectionFailure> of(List<Throwable> causes, Map<String, ?> client) {
    boolean loading =
        causes.stream()
            .anyMatch(cause -> String.valueOf(cause.getMessage()).startsWith("Failed to load"));
    for (Throwable cause : causes) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof UnrecoverableKeyException && !loading) {
        return Optional.of(
            new ConnectionFailure(
                "the password of the key in the keystore is wrong",
                "correct " + ConnectionFailure.option(SslConfigs.SSL_KEY_PASSWORD_CONFIG)));
      }
      if (message.startsWith("Failed to load") && message.contains("SSL keystore")) {
        return Optional.of(ofFile(message, causes, client));
      }
    }
    return Optional.empty();
  }

  private static ConnectionFailure ofFile(
      String message, List<Throwable> causes, Map<String, ?> client) {
    String trust = ConnectionFailure.text(client, SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, "");
    // Kafka says "keystore" of both.
    boolean trusts = !trust.isEmpty() && message.contains(' ' + trust + ' ');
    String kind = trusts ? "ssl.truststore" : "ssl.keystore";
    String location = ConnectionFailure.option(kind + ".location");
    String file = ConnectionFailure.text(client, kind + ".location", "");
    String place = location + " = " + file;
    for (Throwable cause : causes) {
      if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) {
        return new ConnectionFailure(
            place + ": the file does not exist", "correct it, or put the file there");
      }
      if (cause instanceof AccessDeniedException) {
        return new ConnectionFailure(
            place + ": this user may not read the file", "change its permissions");
      }
      String said = String.valueOf(cause.getMessage());
      if (said.contains("password was incorrect") || cause instanceof UnrecoverableKeyException) {
        return new ConnectionFailure(
            place + ": the password does not open the file",
            "correct " + ConnectionFailure.option(kind + ".password"));
      }
    }
    return new ConnectionFailure(
        place
            + ": the file is not of type "
            + ConnectionFailure.text(client, kind + ".type", "JKS")
            + " ("
            + RootMessage.of(causes.get(causes.size() - 1))
            + ")",
        "correct it or " + ConnectionFailure.option(kind + ".type"));
  }

  private StoreFailure() {}
}
