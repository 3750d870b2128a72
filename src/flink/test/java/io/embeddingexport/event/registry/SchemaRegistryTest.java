package io.embeddingexport.event.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaRegistryTest {
  private static final String UNKNOWN = "{\"error_code\":40403,\"message\":\"Schema not found\"}";

  /** Answers by path: a status and a body. */
  private record Answer(int status, String body) {}

  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final List<String> logins = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private int answered;
  private HttpServer server;

  private final RegistryListener listener =
      new RegistryListener() {
        @Override
        public void answered() {
          answered++;
        }

        @Override
        public void failed(String problem) {
          failures.add(problem);
          // The registry comes back after its second failure.
          if (failures.size() == 2) {
            answers.put("/schemas/ids/9", new Answer(200, "{\"schema\":\"late\"}"));
          }
        }

        @Override
        public void waited(long millis) {}
      };

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().getRawPath());
          logins.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          Answer answer =
              answers.getOrDefault(exchange.getRequestURI().getRawPath(), new Answer(404, UNKNOWN));
          byte[] body = answer.body.getBytes(UTF_8);
          exchange.sendResponseHeaders(answer.status, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aSchemaShouldBeFetchedOnceWithAllThatItRefersTo() throws Exception {
    answers.put(
        "/schemas/ids/7",
        new Answer(
            200,
            "{\"schema\":\"a\",\"schemaType\":\"PROTOBUF\",\"references\":"
                + "[{\"name\":\"b.proto\",\"subject\":\"b/x y\",\"version\":3}]}"));
    answers.put(
        "/subjects/b%2Fx%20y/versions/3",
        new Answer(
            200,
            "{\"schema\":\"b\",\"references\":"
                + "[{\"name\":\"c.proto\",\"subject\":\"c\",\"version\":1},"
                + "{\"name\":\"b.proto\",\"subject\":\"b/x y\",\"version\":3}]}"));
    answers.put("/subjects/c/versions/1", new Answer(200, "{\"schema\":\"c\"}"));
    SchemaRegistry registry = registry(null, null);

    RegisteredSchema schema = registry.get(7);

    assertThat(schema)
        .isEqualTo(new RegisteredSchema("PROTOBUF", "a", Map.of("b.proto", "b", "c.proto", "c")));
    assertThat(registry.get(7)).isSameAs(schema);
    assertThat(asked).hasSize(3);
    assertThat(answered).isEqualTo(1);
  }

  @Test
  void anUnknownIdShouldNotBeAskedAfterAgainAtOnce() {
    SchemaRegistry registry = registry(null, null);

    assertThatThrownBy(() -> registry.get(-1))
        .isInstanceOf(UnknownSchemaException.class)
        .hasMessageContaining("no schema 4294967295; check that producer and job use the same");
    assertThatThrownBy(() -> registry.get(-1)).isInstanceOf(UnknownSchemaException.class);
    assertThat(asked).hasSize(1);
    assertThat(failures).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          500 | ''                    | answered 500; check the URL and the registry's log
          404 | <html>                | answered 404; check the URL and the registry's log
          401 | {}                    | answered 401; check the user, password or token of the registry
          403 | {}                    | answered 403; check the user, password or token of the registry
          302 | {}                    | answered 302; check the URL and the registry's log
          200 | hello                 | answered something other than JSON; check that it is a schema registry
          200 | {"schema": 5}         | answered without a schema; check that it is a schema registry
          200 | {}                    | answered without a schema; check that it is a schema registry
          """)
  void anAnswerThatIsNoneShouldBeAskedForAgainUntilItIsOne(int status, String body, String problem)
      throws Exception {
    answers.put("/schemas/ids/9", new Answer(status, body));

    assertThat(registry(null, null).get(9).text()).isEqualTo("late");
    assertThat(failures).hasSize(2).allSatisfy(text -> assertThat(text).endsWith(problem));
  }

  @Test
  void aRegistryThatDoesNotComeBackShouldFailTheJobWithItsAddress() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String url = "http://127.0.0.1:" + port;
    SchemaRegistry registry =
        new SchemaRegistry(
            new RegistrySettings(URI.create(url), null, null, null, null, Duration.ofMillis(300)),
            listener);

    assertThatThrownBy(() -> registry.get(3))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("schema 3 could not be fetched")
        .hasMessageContaining(url + " cannot be reached; check the URL");
    assertThat(failures).isNotEmpty();
  }

  @Test
  void secretsShouldComeFromFilesAndStayOutOfMessages(@TempDir Path directory) throws Exception {
    answers.put("/schemas/ids/1", new Answer(200, "{\"schema\":\"a\"}"));
    Path secret = Files.writeString(directory.resolve("secret"), "c4nary\n");

    registry(secret.toString(), null).get(1);
    registry(null, secret.toString()).get(1);

    assertThat(logins).containsExactly("Basic bWU6YzRuYXJ5", "Bearer c4nary");
  }

  @Test
  void aSecretThatIsMissingShouldBeNamed(@TempDir Path directory) {
    String missing = directory.resolve("missing").toString();

    assertThat(SchemaRegistry.probe(settings(null, missing)))
        .isEqualTo("the registry's secret cannot be read from " + missing + "; check the file");
  }

  @Test
  void aProbeShouldTellWhetherThereIsARegistry() {
    assertThat(SchemaRegistry.probe(settings(null, null))).contains("is no schema registry");
    answers.put("/schemas/types", new Answer(200, "[\"AVRO\"]"));
    assertThat(SchemaRegistry.probe(settings(null, null))).isNull();
  }

  private SchemaRegistry registry(@Nullable String passwordFile, @Nullable String tokenFile) {
    return new SchemaRegistry(settings(passwordFile, tokenFile), listener);
  }

  private RegistrySettings settings(@Nullable String passwordFile, @Nullable String tokenFile) {
    return new RegistrySettings(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"),
        passwordFile == null ? null : "me",
        passwordFile,
        tokenFile,
        null,
        Duration.ofSeconds(30));
  }

  @Test
  void theNewestSchemaOfASubjectShouldHaveItsId() throws Exception {
    answers.put(
        "/subjects/shop%20items-value/versions/latest",
        new Answer(200, "{\"id\":4294967295,\"schemaType\":\"PROTOBUF\",\"schema\":\"x\"}"));
    answers.put(
        "/subjects/gone-value/versions/latest",
        new Answer(404, "{\"error_code\":40401,\"message\":\"Subject not found\"}"));

    assertThat(SchemaLookup.latest(settings(null, null), "shop items-value"))
        .isEqualTo(
            new FoundSchema(-1, new RegisteredSchema("PROTOBUF", "x", Map.of()), List.of(0)));
    assertThatThrownBy(() -> SchemaLookup.latest(settings(null, null), "gone-value"))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageEndingWith(" has no subject 'gone-value'; register the events' schema first");
  }

  @Test
  void aReferenceWhoseSubjectIsGoneShouldNotBeTheEventsFault() {
    answers.put(
        "/schemas/ids/5",
        new Answer(
            200,
            "{\"schema\":\"x\",\"references\":[{\"name\":\"r\",\"subject\":\"r\",\"version\":1}]}"));
    answers.put("/subjects/r/versions/1", new Answer(404, "{\"error_code\":40401}"));

    assertThatThrownBy(
            () ->
                new SchemaRegistry(
                        settings(null, null).withTimeout(Duration.ofMillis(300)), listener)
                    .get(5))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("answered 404");
  }
}
