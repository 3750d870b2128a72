package io.embeddingexport.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.cli.samples.SampleKeyConfigs;
import io.embeddingexport.job.options.JobConfiguration;
import io.embeddingexport.job.options.JobOptions;
import io.embeddingexport.job.options.JobSettings;
import io.embeddingexport.keys.KeySpec;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoJobTest {

  @Test
  void theNextVersionOfTheFirstSampleFitsEventsForTheFirstAndTellsWhatItAdds() {
    DemoKeyConfigChange change =
        new DemoKeyConfigChange(SampleKeyConfigs.all().get(0), SampleKeyConfigs.nextUser());

    assertThat(change.to().model()).isEqualTo(change.model()).isEqualTo("user");
    assertThat(change.to().version()).isGreaterThan(change.from().version());
    assertThat(change.to().keys()).containsAll(change.from().keys());
    assertThat(change.to().keys())
        .allMatch(key -> key.optional() || change.from().keys().contains(key));
    assertThat(change.additions())
        .containsExactly("tensor user_history (float [32])", "the event time");
  }

  @Test
  void oneModelThatStaysRefusesNonFiniteValues() {
    assertThat(SampleKeyConfigs.all().subList(1, 3))
        .anyMatch(config -> config.keys().get(0).nonFinite() == KeySpec.NonFinite.REJECT);
  }

  @Test
  void theOptionsFileIsOneThatAnyUserCouldRun(@TempDir Path directory) throws Exception {
    DemoJob.define(directory, "127.0.0.1:9092", 3);
    Configuration options =
        JobConfiguration.read(DemoJob.optionsFile(directory), List.of()).wellFormed();

    assertThat(JobSettings.of(options).source().topics()).containsExactly("embedding-events");
    assertThat(options.get(JobOptions.KEY_CONFIG_TOPIC)).isEqualTo("embedding-key-configs");
    assertThat(options.contains(JobOptions.KEY_CONFIG_FILES)).isFalse();
  }
}
