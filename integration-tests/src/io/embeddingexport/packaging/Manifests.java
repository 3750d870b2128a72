package io.embeddingexport.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The YAML documents in {@code k8s/}, kustomizations among them. */
final class Manifests {
  static final Path DIRECTORY = Path.of("k8s");

  private Manifests() {}

  /** All documents of a kind, in all files. */
  static List<JsonNode> ofKind(String kind) {
    try (Stream<Path> files = Files.walk(DIRECTORY)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .flatMap(file -> documents(file).stream())
          .filter(document -> document.path("kind").asText().equals(kind))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The only document of a file. */
  static JsonNode document(String file) {
    List<JsonNode> documents = documents(DIRECTORY.resolve(file));
    if (documents.size() != 1) {
      throw new AssertionError(file + " has " + documents.size() + " documents");
    }
    return documents.get(0);
  }

  /** The patch of a resource in the kustomization of an overlay. */
  static JsonNode patch(String overlay, String kind) {
    for (JsonNode patch : document("overlays/" + overlay + "/kustomization.yaml").path("patches")) {
      try {
        JsonNode resource = new YAMLMapper().readTree(patch.path("patch").asText());
        if (resource.path("kind").asText().equals(kind)) {
          return resource;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(overlay, e);
      }
    }
    throw new AssertionError(overlay + " has no patch of a " + kind);
  }

  private static List<JsonNode> documents(Path file) {
    YAMLMapper mapper = new YAMLMapper();
    try {
      return mapper.readValues(mapper.createParser(file.toFile()), JsonNode.class).readAll();
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }
}
