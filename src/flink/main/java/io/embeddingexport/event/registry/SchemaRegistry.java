package io.embeddingexport.event.registry;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The schemas of a registry, kept for ever by their ids. A schema that is not here yet makes the
 * caller wait: the registry is asked until it answers, or the timeout is over. For one thread.
 */
public final class SchemaRegistry {
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  /** How long an unknown id is believed to be unknown. */
  private static final long UNKNOWN_NANOS = Duration.ofSeconds(30).toNanos();

  private static final int MAX_UNKNOWN = 10_000;

  private final RegistrySettings settings;
  private final RegistryListener listener;
  private final Map<Integer, RegisteredSchema> schemas = new HashMap<>();

  /** When each unknown id was last asked after, by {@link System#nanoTime}; the oldest first. */
  private final Map<Integer, Long> unknown = new LinkedHashMap<>();

  private @Nullable RegistryClient client;

  public SchemaRegistry(RegistrySettings settings, RegistryListener listener) {
    this.settings = settings;
    this.listener = listener;
  }

  /**
   * The schema of an id.
   *
   * @throws UnknownSchemaException if the registry has none
   * @throws RegistryUnavailableException if it has not answered within the timeout
   */
  RegisteredSchema get(int id) throws UnknownSchemaException {
    RegisteredSchema schema = schemas.get(id);
    if (schema != null) {
      return schema;
    }
    Long asked = unknown.get(id);
    if (asked != null && System.nanoTime() - asked < UNKNOWN_NANOS) {
      throw new UnknownSchemaException(
          "the registry has no schema " + Integer.toUnsignedString(id) + "; check the producer");
    }
    long start = System.nanoTime();
    try {
      schema = await(id);
    } catch (UnknownSchemaException e) {
      remember(id);
      throw e;
    } finally {
      listener.waited((System.nanoTime() - start) / 1_000_000);
    }
    unknown.remove(id);
    schemas.put(id, schema);
    return schema;
  }

  private void remember(int id) {
    unknown.remove(id);
    unknown.put(id, System.nanoTime());
    if (unknown.size() > MAX_UNKNOWN) {
      unknown.remove(unknown.keySet().iterator().next());
    }
  }

  private RegisteredSchema await(int id) throws UnknownSchemaException {
    long start = System.nanoTime();
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      String problem;
      try {
        RegisteredSchema schema = client().schema(id);
        listener.answered();
        return schema;
      } catch (UnknownSchemaException e) {
        listener.answered();
        throw e;
      } catch (RegistryProblemException e) {
        problem = e.getMessage();
        listener.failed(problem);
      }
      long left = settings.timeout().toMillis() - (System.nanoTime() - start) / 1_000_000;
      if (left <= 0 || isInterruptedIn(Math.min(pause, left))) {
        throw new RegistryUnavailableException(
            "schema "
                + Integer.toUnsignedString(id)
                + " could not be fetched within "
                + settings.timeout().toSeconds()
                + " s: "
                + problem);
      }
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    }
  }

  /** Made when first needed: its files may appear after the start. */
  private RegistryClient client() throws RegistryProblemException {
    RegistryClient ready = client;
    if (ready == null) {
      ready = new RegistryClient(settings);
      client = ready;
    }
    return ready;
  }

  private static boolean isInterruptedIn(long millis) {
    try {
      // Nothing counts it down: it is a pause that an interrupt ends.
      return new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** The problem of a registry, one sentence; null if it answers. */
  public static @Nullable String probe(RegistrySettings settings) {
    try {
      new RegistryClient(settings).probe();
      return null;
    } catch (RegistryProblemException e) {
      return e.getMessage();
    }
  }
}
