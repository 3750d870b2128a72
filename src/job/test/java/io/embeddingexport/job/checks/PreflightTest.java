package io.embeddingexport.job.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.job.checks.Finding.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {
  @TempDir Path directory;
  private Fixture job;

  @BeforeEach
  void jobWithoutBrokers() throws Exception {
    job = new Fixture(directory);
    job.options.setString("kafka.bootstrap-servers", "127.0.0.1:1");
    job.options.setString("preflight.timeout", "200 ms");
  }

  @Test
  void withoutBrokersThereShouldBeOneErrorAndWhatIsHereShouldBeChecked() throws Exception {
    assertThat(findings())
        .filteredOn(finding -> finding.level() != Level.SKIPPED)
        .extracting(Finding::check)
        .containsExactly("brokers", "clients", "checkpointing", "checkpoint-storage");
    assertThat(findings()).filteredOn(f -> f.level() == Level.SKIPPED).hasSizeGreaterThan(10);
  }

  @Test
  void anErrorShouldKeepTheJobFromItsStartAndNameTheWayOn() {
    assertThatThrownBy(() -> Preflight.require(job.context()))
        .isInstanceOf(PreflightException.class)
        .hasMessageContainingAll(
            "the job was not started", "127.0.0.1:1", "doctor", "preflight.enabled=false");
  }

  @Test
  void propertiesThatMakeNoClientShouldBeAFindingToo() throws Exception {
    job.options.setString("kafka.client.security.protocol", "SASL_PLAINTEXT");
    job.options.setString("kafka.client.sasl.mechanism", "PLAIN");

    assertThat(findings().get(0))
        .returns(Level.ERROR, Finding::level)
        .asString()
        .contains("brokers", "java.security.auth.login.config");
  }

  @Test
  void noPartOfAPasswordWithoutQuotesShouldBeShown() throws Exception {
    job.options.setString("kafka.client.security.protocol", "SASL_PLAINTEXT");
    job.options.setString("kafka.client.sasl.mechanism", "PLAIN");
    job.options.setString(
        "kafka.client.sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=job"
            + " password=first canary;");

    assertThat(findings().get(0).toString())
        .contains("no login can be made from kafka.client.sasl.jaas.config", "with quotes");
    assertThat(findings().toString()).doesNotContain("canary").doesNotContain("first");
  }

  @Test
  void everyCheckShouldHaveItsSectionOfThePage() throws Exception {
    List<String> names =
        Stream.concat(
                findings().stream().map(Finding::check),
                Stream.of("transaction-timeout", "savepoint-storage", "schema-registry"))
            .toList();

    assertThat(Files.readAllLines(Path.of("docs/doctor.md")))
        .filteredOn(line -> line.startsWith("## "))
        .containsExactlyInAnyOrderElementsOf(names.stream().map("## "::concat).toList());
  }

  private List<Finding> findings() throws Exception {
    return Preflight.check(job.context(), Duration.ofMillis(200));
  }
}
