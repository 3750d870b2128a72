package io.embeddingexport.cli.proposal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.event.avro.AvroFields;
import io.embeddingexport.event.fields.FieldType;
import io.embeddingexport.event.fields.FieldType.Group;
import io.embeddingexport.event.plan.InvalidSchemaException;
import io.embeddingexport.event.protobuf.ProtobufFields;
import io.embeddingexport.event.protobuf.ProtobufSchemas;
import io.embeddingexport.text.YamlText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages whose schema is in a file. */
final class SchemaFileForm {
  /** More than any schema has; it bounds what is read. */
  private static final int MAX_BYTES = 16 << 20;

  /**
   * @param message full name of a Protobuf message; null: the only one of the file
   */
  static SentForm find(Path file, @Nullable String message) throws CommandException {
    byte[] schema = read(file);
    // A mapping takes it from its own directory, wherever that will be.
    String name = file.toAbsolutePath().normalize().toString();
    String head = "{file: " + YamlText.of(name);
    try {
      if (isJson(schema)) {
        FieldType fields = AvroFields.of(file.toString(), schema, List.of());
        Group row = DebeziumForm.row(fields);
        return new SentForm(
            row == null ? "Avro" : "Debezium's change events in Avro",
            "format: avro\n" + (row == null ? "" : DebeziumForm.PRESET) + schema(head + "}"),
            Map.of(name, schema),
            row == null ? group(file, fields) : row,
            false);
      }
      String full = message == null ? only(file, schema) : message;
      FieldType fields = ProtobufFields.ofFile(file.toString(), schema, full);
      return new SentForm(
          "Protobuf messages " + full,
          "format: protobuf\n" + schema(head + ", message: " + YamlText.of(full) + "}"),
          Map.of(name, schema),
          group(file, fields),
          false);
    } catch (InvalidSchemaException e) {
      throw new CommandException(e.getMessage());
    }
  }

  static String schema(String value) {
    return "schema: " + value + "\n";
  }

  private static byte[] read(Path file) throws CommandException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException("it has more than " + MAX_BYTES + " bytes");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new CommandException(file + ": no such file; check --schema");
    } catch (IOException e) {
      throw new CommandException(file + " cannot be read: " + e.getMessage());
    }
  }

  /** An Avro schema is JSON: an object, a list or a name. A Protobuf one is none of these. */
  private static boolean isJson(byte[] schema) {
    String text = ProtobufSchemas.isText(schema) ? new String(schema, UTF_8).stripLeading() : "";
    return !text.isEmpty() && "{[\"".indexOf(text.charAt(0)) >= 0;
  }

  private static String only(Path file, byte[] schema)
      throws CommandException, InvalidSchemaException {
    List<String> messages = ProtobufSchemas.messages(file.toString(), schema);
    if (messages.size() != 1) {
      throw new CommandException(
          file + ": has several messages; name one with --message: " + String.join(", ", messages));
    }
    return messages.get(0);
  }

  private static Group group(Path file, FieldType fields) throws CommandException {
    if (fields instanceof Group group) {
      return group;
    }
    throw new CommandException(file + ": its values have no fields; name the schema of a record");
  }

  private SchemaFileForm() {}
}
