package io.embeddingexport.it.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What is in the job jar, and what must not be: a second Flink in it would break the first. */
class JobJarIT {
  private static final Path JAR = Path.of(System.getProperty("job.jar"));

  @Test
  void holdsWhatAClusterLacks() throws IOException {
    assertThat(entries())
        .contains(
            "io/embeddingexport/job/EmbeddingExportJob.class",
            "io/embeddingexport/thrift/DataRecord.class",
            "org/apache/flink/connector/kafka/sink/KafkaSink.class",
            "org/apache/kafka/clients/producer/KafkaProducer.class",
            "org/apache/thrift/protocol/TBinaryProtocol.class",
            "com/fasterxml/jackson/databind/ObjectMapper.class",
            "com/fasterxml/jackson/dataformat/yaml/YAMLMapper.class",
            "thrift/embedding_event.thrift");
  }

  @Test
  void holdsNothingThatFlinkBrings() throws IOException {
    assertThat(entries())
        .filteredOn(name -> name.startsWith("org/apache/flink/"))
        .isSubsetOf(entries(connector()));
    assertThat(entries())
        .filteredOn(name -> name.endsWith(".class"))
        .noneMatch(
            name ->
                name.startsWith("org/slf4j/")
                    || name.startsWith("org/apache/logging/")
                    || name.startsWith("com/esotericsoftware/")
                    || name.startsWith("kafka/")
                    || name.startsWith("scala/"));
  }

  @Test
  void holdsNoTestAndNoSignatureOfAnotherJar() throws IOException {
    assertThat(entries())
        .noneMatch(name -> name.startsWith("io/embeddingexport/it/"))
        .noneMatch(name -> name.startsWith("META-INF/") && name.matches(".*\\.(SF|DSA|RSA)"));
  }

  @Test
  void holdsNoCommand() throws IOException {
    assertThat(entries())
        .noneMatch(name -> name.startsWith("picocli/"))
        .filteredOn(name -> name.startsWith("io/embeddingexport/") && name.endsWith(".class"))
        .extracting(name -> name.split("/")[2])
        .containsOnly(
            "thrift",
            "datarecord",
            "consumer",
            "serde",
            "text",
            "keys",
            "event",
            "export",
            "flink",
            "kafka",
            "job");
  }

  @Test
  void keepsTheLicenceAndNoticeOfEachJarInIt() throws IOException {
    int texts = 0;
    for (Path jar : bundled()) {
      for (String entry : entries(jar)) {
        if (entry.matches("META-INF/(LICENSE|NOTICE)(\\.txt)?")) {
          assertThat(text(JAR, entry))
              .as("%s of %s", entry, jar)
              .contains(text(jar, entry).strip());
          texts++;
        }
      }
    }
    assertThat(texts).isGreaterThan(10);
  }

  /** A library whose licence nobody has looked at must not get into the jar unseen. */
  @Test
  void theBillOfMaterialsNamesEachJarInItWithAPermittedLicence() throws IOException {
    Set<String> named = new HashSet<>();
    JsonNode bill = new ObjectMapper().readTree(JAR.getParent().resolve(billName(JAR)).toFile());
    for (JsonNode component : bill.get("components")) {
      named.add(component.get("name").asText());
      assertThat(component.findValuesAsText("id"))
          .as("licences of %s", component.get("purl"))
          .isNotEmpty()
          .isSubsetOf("Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause");
      assertThat(component.get("hashes")).as("hashes of %s", component.get("purl")).isNotEmpty();
    }

    assertThat(bundled())
        .hasSizeGreaterThan(8)
        .allSatisfy(
            jar ->
                assertThat(named)
                    .contains(jar.getFileName().toString().replaceFirst("-\\d.*", "")));
  }

  private static String billName(Path jar) {
    return jar.getFileName().toString().replaceFirst("\\.jar$", ".cdx.json");
  }

  /**
   * The libraries of others that are in the job jar: it has most of their classes. Versions can
   * differ: the tests' broker brings its own. Flink's OpenTelemetry reporter holds a copy of okio,
   * which is in the job jar as well.
   */
  private static List<Path> bundled() throws IOException {
    Set<String> held = Set.copyOf(entries());
    List<Path> bundled = new ArrayList<>();
    for (Path jar : classPath()) {
      List<String> classes =
          entries(jar).stream()
              .filter(name -> name.endsWith(".class") && name.indexOf('/') > 0)
              .filter(name -> !name.startsWith("META-INF/"))
              .toList();
      if (!jar.getFileName().toString().startsWith("embedding-export")
          && 2 * classes.stream().filter(held::contains).count() > classes.size()) {
        bundled.add(jar);
      }
    }
    return bundled;
  }

  @Test
  void startsTheJobAndIsNoLargerThanItNeedsToBe() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS))
          .isEqualTo("io.embeddingexport.job.EmbeddingExportJob");
    }
    assertThat(Files.size(JAR)).isLessThan(33_000_000);
  }

  private static Path connector() {
    return classPath().stream()
        .filter(jar -> jar.toString().contains("/flink-connector-kafka-"))
        .findFirst()
        .orElseThrow();
  }

  private static List<Path> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.endsWith(".jar"))
        .map(Path::of)
        .toList();
  }

  private static String text(Path file, String entry) throws IOException {
    try (JarFile jar = new JarFile(file.toFile());
        InputStream in = jar.getInputStream(jar.getEntry(entry))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static List<String> entries() throws IOException {
    return entries(JAR);
  }

  private static List<String> entries(Path file) throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      return jar.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).toList();
    }
  }
}
