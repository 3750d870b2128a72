package io.embeddingexport.job.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.job.checks.Finding.Level;
import io.embeddingexport.job.options.JobSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageCheckTest {
  @TempDir Path directory;
  private Fixture job;

  @BeforeEach
  void job() throws Exception {
    job = new Fixture(directory);
  }

  @Test
  void checkpointsInMemoryShouldBeAWarning() throws Exception {
    assertThat(findings())
        .singleElement()
        .returns(Level.WARNING, Finding::level)
        .returns("set flink.execution.checkpointing.dir", Finding::remedy);
  }

  @Test
  void aDirectoryThatCanBeWrittenShouldBeFineAndLeftAsItWas() throws Exception {
    Path checkpoints = Files.createDirectory(directory.resolve("checkpoints"));
    checkpoints(checkpoints.toUri().toString());

    assertThat(findings())
        .singleElement()
        .returns(Level.OK, Finding::level)
        .asString()
        .contains("from this machine");
    assertThat(checkpoints).isEmptyDirectory();
  }

  @Test
  void aDirectoryThatIsNotThereYetShouldBeFineIfItsParentIsAndNotBeMade() throws Exception {
    Path checkpoints = directory.resolve("not/yet");
    checkpoints(checkpoints.toUri().toString());

    assertThat(findings()).singleElement().returns(Level.OK, Finding::level);
    assertThat(directory.resolve("not")).doesNotExist();
  }

  @Test
  void aFileInItsPlaceShouldBeAnErrorHereAndAWarningOnACluster() throws Exception {
    checkpoints(Files.createFile(directory.resolve("file")).toUri().toString());

    assertThat(findings())
        .singleElement()
        .returns(Level.ERROR, Finding::level)
        .asString()
        .contains("flink.execution.checkpointing.dir = ");
    assertThat(
            findings(PreflightContext.onCluster(JobSettings.of(job.options), new Configuration())))
        .singleElement()
        .returns(Level.WARNING, Finding::level);
  }

  @Test
  void aFileSystemThatIsNotHereShouldBeAWarning() throws Exception {
    checkpoints("nowhere://bucket/checkpoints");

    assertThat(findings())
        .singleElement()
        .returns(Level.WARNING, Finding::level)
        .asString()
        .contains("not checked");
  }

  @Test
  void theClustersDirectoryShouldCountWhereTheJobNamesNone() throws Exception {
    Configuration cluster = new Configuration();
    cluster.setString("execution.checkpointing.dir", directory.toUri().toString());
    cluster.setString("execution.checkpointing.savepoint-dir", directory.toUri().toString());

    assertThat(findings(PreflightContext.onCluster(JobSettings.of(job.options), cluster)))
        .extracting(Finding::check)
        .containsExactly("checkpoint-storage", "savepoint-storage");
  }

  private void checkpoints(String uri) {
    job.options.setString("flink.execution.checkpointing.dir", uri);
  }

  private List<Finding> findings() throws Exception {
    return findings(job.context());
  }

  private static List<Finding> findings(PreflightContext context) throws Exception {
    return new StorageCheck().run(context, Duration.ofSeconds(30));
  }
}
