package io.embeddingexport.event.input;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.input.SchemaSource.InFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;

/**
 * The description of an input as text, with the schema file that it names: the form in which it
 * travels to the tasks. {@code docs/events.md} describes the text.
 *
 * @param source names the text in messages: a file
 * @param text YAML or JSON; must not be changed
 * @param files contents of the files that the text names, by those names; must not be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
@PublicEvolving
public record InputText(String source, byte[] text, Map<String, byte[]> files) {
  /** Longest schema file that is read, in bytes. */
  private static final int MAX_SCHEMA_BYTES = 16 << 20;

  public InputText {
    files = Map.copyOf(files);
  }

  /** Thrift or JSON events in our own form. */
  public static InputText of(EventFormat format) {
    String text = "format: " + format.name().toLowerCase(Locale.ROOT);
    return new InputText("the events' format", text.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  /**
   * Reads the description of an input from a file, and checks it.
   *
   * @param file the schema file it may name is relative to its directory
   * @throws IOException if a file cannot be read
   * @throws InvalidInputException with every problem
   */
  public static InputText read(Path file) throws IOException, InvalidInputException {
    byte[] text = Files.readAllBytes(file);
    EventInput input = EventInput.parse(file.toString(), text);
    return new InputText(file.toString(), text, schemaFile(input, file));
  }

  private static Map<String, byte[]> schemaFile(EventInput input, Path file)
      throws InvalidInputException {
    if (!(input.schema() instanceof InFile schema)) {
      return Map.of();
    }
    Path path = file.toAbsolutePath().resolveSibling(schema.file());
    try {
      if (Files.size(path) > MAX_SCHEMA_BYTES) {
        throw new IOException("it has more than " + MAX_SCHEMA_BYTES + " bytes");
      }
      return Map.of(schema.file(), Files.readAllBytes(path));
    } catch (IOException e) {
      String why = e instanceof NoSuchFileException ? "no such file" : e.getMessage();
      throw new InvalidInputException(
          file.toString(),
          List.of("schema.file: " + path + " cannot be read: " + why + "; check the name"));
    }
  }

  /**
   * The input.
   *
   * @throws InvalidInputException with every problem
   */
  @Internal
  public EventInput parse() throws InvalidInputException {
    return EventInput.parse(source, text);
  }

  /** The source's name; never the text. */
  @Override
  public String toString() {
    return source;
  }
}
