package io.embeddingexport.job.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.job.checks.Finding.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientsCheckTest {
  @TempDir Path directory;
  private Fixture job;

  @BeforeEach
  void job() throws Exception {
    job = new Fixture(directory);
    job.options.setString("kafka.bootstrap-servers", "127.0.0.1:1");
  }

  private List<Finding> findings() throws Exception {
    return new ClientsCheck().run(job.context(), Duration.ofSeconds(1));
  }

  @Test
  void clientsThatCanBeMadeAreFine() throws Exception {
    assertThat(findings()).singleElement().returns(Level.OK, Finding::level);
  }

  @Test
  void aClassThatIsNotThereIsAnErrorOfTheClientThatNamesIt() throws Exception {
    job.options.setString("kafka.source.partition.assignment.strategy", "no.such.Assignor");
    job.options.setString("kafka.sink.interceptor.classes", "no.such.Interceptor");

    assertThat(findings())
        .allSatisfy(finding -> assertThat(finding.level()).isEqualTo(Level.ERROR))
        .extracting(Finding::toString)
        .satisfiesExactly(
            consumer -> assertThat(consumer).contains("no consumer", "no.such.Assignor"),
            producer -> assertThat(producer).contains("no producer", "no.such.Interceptor"));
  }

  @Test
  void aTruststoreThatIsNotThereIsLeftToTheBrokersCheck() throws Exception {
    job.options.setString("kafka.client.security.protocol", "SSL");
    job.options.setString("kafka.client.ssl.truststore.location", "/no/such/file");

    assertThat(findings()).singleElement().returns(Level.SKIPPED, Finding::level);
  }

  @Test
  void aTruststoreThatOnlyTheProducerMissesIsAnError() throws Exception {
    job.options.setString("kafka.sink.security.protocol", "SSL");
    job.options.setString("kafka.sink.ssl.truststore.location", "/no/such/file");

    assertThat(findings())
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.toString())
                    .startsWith("error: ")
                    .contains("no producer", "/no/such/file: the file does not exist"));
  }

  @Test
  void anAddressThatCannotBeResolvedIsLeftToTheBrokersCheck() throws Exception {
    job.options.setString("kafka.bootstrap-servers", "no-such-host.invalid:9092");

    assertThat(findings()).extracting(Finding::level).containsOnly(Level.SKIPPED);
  }
}
