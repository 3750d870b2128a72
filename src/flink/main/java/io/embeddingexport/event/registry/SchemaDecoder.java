package io.embeddingexport.event.registry;

import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.DecodeFailure;
import io.embeddingexport.event.DecodeResult;
import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.EventMessage;
import io.embeddingexport.event.KnownModels;
import io.embeddingexport.event.plan.InvalidSchemaException;
import io.embeddingexport.event.plan.MappedEventDecoder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decodes events whose schema is in a registry: for each schema it makes a decoder once. Waits for
 * a schema that the registry does not give at once ({@link RegistryUnavailableException}).
 */
public final class SchemaDecoder implements EventDecoder {
  /** Compiles a schema, once for each id and message. */
  public interface Compiler {
    /**
     * A decoder of events with that schema.
     *
     * @param source names the schema in messages
     * @param indexes the path to the message in its file; for Protobuf
     * @throws InvalidSchemaException if the schema is no good, or lacks what the mapping names
     */
    MappedEventDecoder compile(String source, RegisteredSchema schema, List<Integer> indexes)
        throws InvalidSchemaException;
  }

  /** The decoder of a schema, or why there is none. */
  private record Compiled(@Nullable MappedEventDecoder decoder, String problem) {}

  private record Key(int id, List<Integer> indexes) {}

  private final SchemaRegistry registry;
  private final Compiler compiler;
  private final SchemaId id;
  private final Map<Key, Compiled> compiled = new HashMap<>();

  // Mostly the schema of the event before.
  private int lastId;
  private int[] lastIndexes = {};
  private @Nullable Compiled last;

  /**
   * @param hasIndexes whether message indexes follow an id: for Protobuf
   */
  public SchemaDecoder(SchemaRegistry registry, Compiler compiler, boolean hasIndexes) {
    this.registry = registry;
    this.compiler = compiler;
    this.id = new SchemaId(hasIndexes);
  }

  @Override
  public DecodeResult decode(EventMessage message, KnownModels models) {
    try {
      id.read(message);
      Compiled schema = last;
      if (schema == null || id.id() != lastId || !Arrays.equals(id.indexes(), lastIndexes)) {
        schema = find();
      }
      return schema.decoder == null
          ? new DecodeFailure(schema.problem)
          : schema.decoder.decode(message, id.eventFrom(), models);
    } catch (BadEventException | UnknownSchemaException e) {
      return new DecodeFailure(e.getMessage());
    }
  }

  private Compiled find() throws UnknownSchemaException {
    Key key = new Key(id.id(), Arrays.stream(id.indexes()).boxed().toList());
    Compiled schema = compiled.get(key);
    if (schema == null) {
      schema = compile(key, registry.get(id.id()));
      compiled.put(key, schema);
    }
    lastId = id.id();
    lastIndexes = id.indexes().clone();
    last = schema;
    return schema;
  }

  private Compiled compile(Key key, RegisteredSchema schema) {
    String source = "schema " + Integer.toUnsignedString(key.id) + " of the registry";
    try {
      return new Compiled(compiler.compile(source, schema, key.indexes), "");
    } catch (InvalidSchemaException e) {
      return new Compiled(null, e.getMessage());
    }
  }
}
