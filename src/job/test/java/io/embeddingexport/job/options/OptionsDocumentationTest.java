package io.embeddingexport.job.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsDocumentationTest {

  @Test
  void docsShouldBeInStepWithTheOptions() throws Exception {
    assertThat(Files.readString(Path.of("docs/configuration.md")))
        .as("run: bin/embedding-export options > docs/configuration.md")
        .isEqualTo(OptionsDocumentation.page());
  }

  @Test
  void everyOptionShouldBeListedAndDescribed() throws Exception {
    List<Object> declared = new ArrayList<>();
    for (Field field : JobOptions.class.getFields()) {
      if (field.getType() == ConfigOption.class) {
        declared.add(field.get(null));
      }
    }

    assertThat(JobOptions.ALL).containsExactlyInAnyOrderElementsOf(cast(declared));
    assertThat(OptionsDocumentation.page()).doesNotContain("|  |");
  }

  private static List<ConfigOption<?>> cast(List<Object> options) {
    List<ConfigOption<?>> all = new ArrayList<>();
    options.forEach(option -> all.add((ConfigOption<?>) option));
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"etc/embedding-export.yaml", "etc/low-latency.yaml"})
  void theSampleOptionsShouldBeValid(String file) throws Exception {
    JobSettings settings = JobSettings.of(JobConfiguration.read(Path.of(file), List.of()));

    assertThat(settings.keyConfigs())
        .extracting("model")
        .containsExactlyInAnyOrder("user", "item", "query");
  }
}
