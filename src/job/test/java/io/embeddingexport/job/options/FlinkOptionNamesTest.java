package io.embeddingexport.job.options;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.junit.jupiter.api.Test;

class FlinkOptionNamesTest {

  @Test
  void everyClassOfFlinkThatDeclaresOptionsIsLookedInto() {
    Set<String> declaring =
        new ClassFileImporter()
                .importPackages(
                    "org.apache.flink.configuration",
                    "org.apache.flink.client.cli",
                    "org.apache.flink.runtime.highavailability",
                    "org.apache.flink.runtime.shuffle")
                .stream()
                .filter(type -> type.getSimpleName().endsWith("Options"))
                .filter(FlinkOptionNamesTest::declaresOptions)
                .map(JavaClass::getName)
                .collect(Collectors.toSet());

    assertThat(FlinkOptionNames.HOLDERS).extracting(Class::getName).containsAll(declaring);
  }

  private static boolean declaresOptions(JavaClass type) {
    return type.getFields().stream()
        .anyMatch(
            field ->
                field.getModifiers().contains(JavaModifier.PUBLIC)
                    && field.getModifiers().contains(JavaModifier.STATIC)
                    && field.getRawType().isEquivalentTo(ConfigOption.class));
  }

  @Test
  void aNameThatFlinkStillReadsUnderAnOlderOneIsKnown() {
    assertThat(CheckpointingOptions.CHECKPOINTS_DIRECTORY.key())
        .isEqualTo("execution.checkpointing.dir");
    assertThat(FlinkOptionNames.isKnown("execution.checkpointing.dir")).isTrue();
    assertThat(FlinkOptionNames.isKnown("state.checkpoints.dir")).isTrue();
    assertThat(FlinkOptionNames.isKnown("state.checkpoint.dir")).isFalse();
    assertThat(FlinkOptionNames.isKnown("metrics.reporter.prom.factory.class")).isTrue();
  }
}
