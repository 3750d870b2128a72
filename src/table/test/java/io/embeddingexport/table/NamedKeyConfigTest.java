package io.embeddingexport.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.keys.KeyConfig;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedKeyConfigTest {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final String USER = "etc/samples/keys/user.yaml";
  private static final String ITEM = "etc/samples/keys/item.yaml";

  @TempDir private Path directory;

  @Test
  void aTableShouldNeedNoKeyConfig() {
    assertThat(read(Map.of())).isEmpty();
  }

  @Test
  void theOnlyKeyConfigOfAFileShouldNeedNoModel() {
    assertThat(read(Map.of("key-config", USER)))
        .hasValueSatisfying(config -> assertThat(config.model()).isEqualTo("user"));
  }

  @Test
  void theModelShouldChooseAKeyConfigOfAFile() throws Exception {
    assertThat(read(Map.of("key-config", two(), "key-config.model", "item")))
        .hasValueSatisfying(config -> assertThat(config.model()).isEqualTo("item"));
  }

  @Test
  void givenSeveralKeyConfigsThenAModelIsDemanded() throws Exception {
    assertThatThrownBy(() -> read(Map.of("key-config", two())))
        .isInstanceOf(ValidationException.class)
        .hasMessage(
            "Format 'datarecord': 'key-config': "
                + two()
                + " has 2 key configs; a table has the columns of one: name its model with"
                + " 'key-config.model'");
  }

  @Test
  void givenAModelThatAFileLacksThenTheNearWordIsNamed() {
    assertThatThrownBy(() -> read(Map.of("key-config", USER, "key-config.model", "usr")))
        .hasMessage(
            "Format 'datarecord': 'key-config': "
                + USER
                + " has no model 'usr'; did you mean 'user'?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "key-config=f.yaml key-config.topic=t | 'key-config.topic': is 't', but 'key-config' is"
            + " 'f.yaml'; set one of them",
        "key-config.topic=t | 'key-config.topic': t: a table has the columns of one: name its model"
            + " with 'key-config.model'",
        "key-config.model=user | 'key-config.model': is 'user', a model of no file or topic; set"
            + " 'key-config' or 'key-config.topic'",
        "key-config.topic=t key-config.model=user | 'key-config.topic': t: set"
            + " 'key-config.properties.bootstrap.servers', its brokers",
      })
  void optionsThatNameNoOneKeyConfigShouldBeRefused(String options, String problem) {
    assertThatThrownBy(() -> read(options(options)))
        .isInstanceOf(ValidationException.class)
        .hasMessage("Format 'datarecord': " + problem);
  }

  @Test
  void givenNoBrokerThenItIsSaidOnceTheTimeIsOver() {
    assertThatThrownBy(
            () ->
                read(
                    options(
                        "key-config.topic=t key-config.model=user"
                            + " key-config.properties.bootstrap.servers=localhost:1")))
        .isInstanceOf(ValidationException.class)
        .hasMessage(
            "Format 'datarecord': 'key-config.topic': t at localhost:1: the topic is not read to its"
                + " end within 1 s (no broker has answered); check the address, the brokers and the"
                + " network");
  }

  @Test
  void givenAClientPropertyThatKafkaRefusesThenItIsNamed() {
    assertThatThrownBy(
            () ->
                read(
                    options(
                        "key-config.topic=t key-config.model=user"
                            + " key-config.properties.bootstrap.servers=localhost:1"
                            + " key-config.properties.security.protocol=TLS")))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith(
            "Format 'datarecord': 'key-config.topic': t at localhost:1: the topic cannot be read: ")
        .hasMessageContaining("security.protocol")
        .hasMessageEndingWith("; check the client's properties");
  }

  @Test
  void givenNoKafkaClientThenTheJarThatHasItIsNamed() throws Exception {
    Class<?> schema =
        new WithoutKafka().loadClass("io.embeddingexport.table.DataRecordSerializationSchema");
    RowType row = RowType.of(new LogicalType[] {new FloatType()}, new String[] {"a"});
    Map<String, String> topic =
        options(
            "key-config.topic=t key-config.model=user"
                + " key-config.properties.bootstrap.servers=localhost:1");

    assertThatThrownBy(
            () ->
                schema
                    .getConstructor(RowType.class, ReadableConfig.class)
                    .newInstance(row, Configuration.fromMap(topic)))
        .isInstanceOf(InvocationTargetException.class)
        .cause()
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("no jar has the Kafka client that reads it; add")
        .hasMessageContaining("flink-sql-connector-kafka");
    assertThat(
            schema
                .getConstructor(RowType.class, ReadableConfig.class)
                .newInstance(row, new Configuration()))
        .isNotNull();
  }

  private static Optional<KeyConfig> read(Map<String, String> options) {
    return NamedKeyConfig.read(Configuration.fromMap(options), PATIENCE);
  }

  /** Options in the form {@code name=value name=value}. */
  private static Map<String, String> options(String words) {
    Map<String, String> options = new HashMap<>();
    for (String word : words.split(" ")) {
      options.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
    }
    return options;
  }

  private String two() throws IOException {
    Path file = directory.resolve("two.yaml");
    Files.writeString(
        file, Files.readString(Path.of(USER)) + "---\n" + Files.readString(Path.of(ITEM)));
    return file.toString();
  }

  /** Our classes once more, where there is no Kafka client. */
  private static final class WithoutKafka extends ClassLoader {
    WithoutKafka() {
      super(NamedKeyConfigTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("org.apache.kafka.")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("io.embeddingexport.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? define(name) : loaded;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
