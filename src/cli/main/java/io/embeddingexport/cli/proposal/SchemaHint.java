package io.embeddingexport.cli.proposal;

import io.embeddingexport.text.YamlText;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a person says that the schema of messages is. Immutable.
 *
 * @param file null: in no file
 * @param message its full name, of Protobuf; null: not said
 * @param registry its URL; null: none
 * @param login the fields beside {@code registry} in a mapping, by their names
 */
public record SchemaHint(
    @Nullable Path file,
    @Nullable String message,
    @Nullable String registry,
    Map<String, String> login) {

  public SchemaHint {
    login = Map.copyOf(login);
  }

  /** The registry's place as a value in a mapping. */
  String registryYaml() {
    return "{registry: "
        + YamlText.of(String.valueOf(registry))
        + new TreeMap<>(login)
            .entrySet().stream()
                .map(field -> ", " + field.getKey() + ": " + YamlText.of(field.getValue()))
                .collect(Collectors.joining())
        + "}";
  }
}
