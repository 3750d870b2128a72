package io.embeddingexport.job.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.embeddingexport.job.checks.Finding.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaRegistryCheckTest {
  @TempDir Path directory;
  private Fixture job;

  @BeforeEach
  void job() throws Exception {
    job = new Fixture(directory);
  }

  @Test
  void givenNoRegistryThenThereIsNothingToSay() throws Exception {
    assertThat(findings()).isEmpty();
  }

  @Test
  void aRegistryShouldBeAsked() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/schemas/types",
        exchange -> {
          byte[] types = "[\"AVRO\"]".getBytes(UTF_8);
          exchange.sendResponseHeaders(200, types.length);
          exchange.getResponseBody().write(types);
          exchange.close();
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    try {
      useRegistry(url);
      assertThat(findings())
          .singleElement()
          .returns(Level.OK, Finding::level)
          .returns(url + " answers", Finding::text);
    } finally {
      server.stop(0);
    }
    assertThat(findings())
        .singleElement()
        .returns(Level.WARNING, Finding::level)
        .extracting(Finding::text)
        .asString()
        .isEqualTo(
            "from here, "
                + url
                + " cannot be reached; check the URL, and whether the registry runs");
  }

  private void useRegistry(String url) throws Exception {
    Path mapping =
        Files.writeString(
            directory.resolve("mapping.yaml"),
            "format: avro\nentity-id: id\nmodel: {constant: m}\ntensors: {v: v}\nschema: {registry: '"
                + url
                + "'}\n");
    job.options.setString("input.mapping", mapping.toString());
  }

  private List<Finding> findings() throws Exception {
    return new SchemaRegistryCheck().run(job.context(), Duration.ofSeconds(15));
  }
}
