package io.embeddingexport.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
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
        .containsExactly("k=v", "l=w", "input.from=earliest", "input.until=latest");
  }

  @Test
  void everyArgumentThatIsNoneShouldBeNamed() {
    assertThatExceptionOfType(InvalidOptionsException.class)
        .isThrownBy(() -> JobArguments.parse("--confg=x", "stray", "--set"))
        .withMessageContaining("--confg: no such argument")
        .withMessageContaining("stray: no such argument")
        .withMessageContaining("--set: needs a value");
  }
}
