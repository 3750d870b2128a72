package io.embeddingexport.event.registry;

import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.EventMessage;
import java.util.Arrays;
import java.util.List;

/** Finds the schemas of messages whose format is not known yet. Not thread-safe. */
public final class SchemaLookup {
  private final SchemaRegistry registry;

  public SchemaLookup(SchemaRegistry registry) {
    this.registry = registry;
  }

  /** Whether a message with a value has the id of a schema: before the event, or in the header. */
  public static boolean hasId(EventMessage message) {
    try {
      new SchemaId(false).read(message);
      return true;
    } catch (BadEventException e) {
      return false;
    }
  }

  /**
   * The newest schema of a subject; of a Protobuf schema, the first message. The registry is asked
   * once.
   *
   * @throws RegistryUnavailableException if it does not answer, or has no such subject
   */
  public static FoundSchema latest(RegistrySettings settings, String subject) {
    try {
      return new RegistryClient(settings).latest(subject);
    } catch (RegistryProblemException e) {
      throw new RegistryUnavailableException(e.getMessage());
    } catch (UnknownSchemaException e) {
      throw new RegistryUnavailableException(
          settings.url() + " has no subject '" + subject + "'; register the events' schema first");
    }
  }

  /**
   * The schema of a message that has a value.
   *
   * @throws BadEventException if it has no id
   * @throws UnknownSchemaException if the registry does not know the id
   * @throws RegistryUnavailableException if it has not answered within the timeout
   */
  public FoundSchema find(EventMessage message) throws BadEventException, UnknownSchemaException {
    SchemaId plain = new SchemaId(false);
    plain.read(message);
    RegisteredSchema schema = registry.get(plain.id());
    if (!schema.type().equals(RegisteredSchema.PROTOBUF)) {
      return new FoundSchema(plain.id(), schema, List.of());
    }
    SchemaId indexed = new SchemaId(true);
    indexed.read(message);
    return new FoundSchema(plain.id(), schema, Arrays.stream(indexed.indexes()).boxed().toList());
  }
}
