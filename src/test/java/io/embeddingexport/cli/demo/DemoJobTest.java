package io.embeddingexport.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.job.options.JobConfiguration;
import io.embeddingexport.job.options.JobOptions;
import io.embeddingexport.job.options.JobSettings;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoJobTest {

  @Test
  void theFirstModelOfTheSamplesChangesAndShowsIt() throws Exception {
    List<DemoModel> models = DemoJob.models();

    assertThat(models).extracting(DemoModel::name).containsExactly("user", "item", "query");
    assertThat(models).extracting(DemoModel::changes).containsExactly(true, false, false);
    assertThat(models.get(0).additions())
        .containsExactly("tensor user_history (float [32])", "the event time");
  }

  @Test
  void oneModelThatStaysRefusesNonFiniteValues() throws Exception {
    assertThat(DemoJob.models()).anyMatch(model -> !model.changes() && model.rejectsNonFinite());
  }

  @Test
  void theOptionsFileIsOneThatAnyUserCouldRun(@TempDir Path directory) throws Exception {
    DemoJob job = DemoJob.create(directory, "127.0.0.1:9092", 3);
    Configuration options = JobConfiguration.read(job.optionsFile(), List.of()).wellFormed();

    assertThat(JobSettings.of(options).source().topics()).containsExactly("embedding-events");
    assertThat(options.get(JobOptions.KEY_CONFIG_TOPIC)).isEqualTo("embedding-key-configs");
    assertThat(options.contains(JobOptions.KEY_CONFIG_FILES)).isFalse();
  }
}
