package io.embeddingexport.event.avro;

import io.embeddingexport.event.plan.EventPlan;
import io.embeddingexport.event.plan.InvalidSchemaException;
import java.util.Collection;
import java.util.List;
import org.apache.avro.Schema;

/**
 * A writer's schema, compiled with a plan: how its events are read. Immutable and thread-safe.
 *
 * <p>A step of a path is a field of a record, a key of a map or an index of an array. It goes
 * through a union to every branch that has it. Aliases and defaults are for readers with a schema
 * of their own; they do not matter here.
 */
public final class AvroPlan {
  private final AvroStep root;
  private final List<String> missing;

  private AvroPlan(AvroStep root, List<String> missing) {
    this.root = root;
    this.missing = List.copyOf(missing);
  }

  /**
   * Compiles a schema.
   *
   * @param writer the schema that events are written with
   * @throws InvalidSchemaException with every problem, if the schema has a part of the mapping as a
   *     type that cannot be that part; or lacks the entity id, the model or all tensors; or has a
   *     record that is in itself without end
   */
  public static AvroPlan of(Schema writer, EventPlan plan) throws InvalidSchemaException {
    String source =
        writer.getType() == Schema.Type.RECORD
            ? "schema of " + writer.getFullName()
            : "schema, " + AvroNames.of(writer);
    return of(source, writer, plan);
  }

  private static AvroPlan of(String source, Schema writer, EventPlan plan)
      throws InvalidSchemaException {
    AvroPlanCompiler compiler = new AvroPlanCompiler(plan);
    AvroStep root = compiler.compile(writer);
    List<String> problems = compiler.problems();
    if (!problems.isEmpty()) {
      throw new InvalidSchemaException(source, problems);
    }
    return new AvroPlan(root, compiler.missing());
  }

  /**
   * Compiles the text of a schema, as {@link AvroSchemas#parse} reads it.
   *
   * @param source names the text in messages
   * @throws InvalidSchemaException as the other {@code of}, and if the text is no schema
   */
  public static AvroPlan of(String source, byte[] text, EventPlan plan)
      throws InvalidSchemaException {
    return of(source, text, List.of(), plan);
  }

  /**
   * Same as {@link #of(String, byte[], EventPlan)}, of a schema that uses types of others.
   *
   * @param references texts of those others, in any order
   */
  public static AvroPlan of(
      String source, byte[] text, Collection<String> references, EventPlan plan)
      throws InvalidSchemaException {
    return of(source, AvroSchemas.parse(source, text, references), plan);
  }

  /**
   * What events of this schema do not have although the mapping names it, one sentence each, with
   * the near word: an event time, a version, or some of the tensors. An older schema of a topic may
   * well lack them, and an event is read without; if there is only this schema, the path is wrong.
   */
  public List<String> missing() {
    return missing;
  }

  AvroStep root() {
    return root;
  }
}
