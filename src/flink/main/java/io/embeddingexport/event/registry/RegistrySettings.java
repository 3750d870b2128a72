package io.embeddingexport.event.registry;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a schema registry. Immutable. Secrets are in files, which are read on each
 * TaskManager when a decoder is made.
 *
 * @param url of the registry's API, {@code http} or {@code https}; {@code /schemas/ids/1} is added
 *     to it
 * @param user of basic authentication; null: none
 * @param passwordFile with the user's password; null: no user
 * @param tokenFile with a bearer token; null: none
 * @param caFile with the PEM certificates that the registry's is checked against; null: the JVM's
 * @param timeout longest that an event waits for its schema before the job fails and restarts
 */
public record RegistrySettings(
    URI url,
    @Nullable String user,
    @Nullable String passwordFile,
    @Nullable String tokenFile,
    @Nullable String caFile,
    Duration timeout) {
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(5);

  /** The same registry, with another longest wait. */
  public RegistrySettings withTimeout(Duration other) {
    return new RegistrySettings(url, user, passwordFile, tokenFile, caFile, other);
  }
}
