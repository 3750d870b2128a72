package io.embeddingexport.job.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class JobArgumentsTest {

  @Test
  void bothFormsOfAnArgumentShouldBeRead() throws Exception {
    JobArguments arguments =
        JobArguments.parse(
            "--config",
            "a.yaml",
            "--set",
            "k=v",
            "--set=l=w",
            "--from=earliest",
            "--until",
            "latest");

    assertThat(arguments.config()).isEqualTo(Path.of("a.yaml"));
    assertThat(arguments.sets())
        .containsExactly(
            "k=v", "l=w", "input.from=earliest", "input.from-required=true", "input.until=latest");
  }

  @Test
  void withoutFromAndUntilTheFileSays() throws Exception {
    assertThat(JobArguments.parse("--config=a.yaml").sets()).isEmpty();
    assertThat(JobArguments.parse("--until=none").sets()).containsExactly("input.until=none");
  }

  @Test
  void fromMeansThatTheJobMustStartThere() throws Exception {
    Configuration options =
        JobArguments.parse("--from", "offset:0=12", "--set", "a=b").options().values();

    assertThat(options.get(JobOptions.INPUT_FROM)).isEqualTo("offset:0=12");
    assertThat(options.get(JobOptions.INPUT_FROM_REQUIRED)).isTrue();
  }

  @Test
  void everyArgumentThatIsNoneShouldBeNamed() {
    assertThatExceptionOfType(InvalidOptionsException.class)
        .isThrownBy(() -> JobArguments.parse("--confg=x", "stray", "--set"))
        .withMessageContaining("--confg: unknown argument")
        .withMessageContaining("stray: unknown argument")
        .withMessageContaining("--set: needs a value");
  }
}
