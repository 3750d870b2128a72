package io.embeddingexport.cli.keys;

import static io.embeddingexport.cli.keys.TopicContentsTest.parsed;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigParser;
import io.embeddingexport.keys.RetiredModel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  @Test
  void anEqualConfigShouldBeUnchangedAndNotRefused() {
    Comparison same = new Comparison(parsed("m", 4, 7), parsed("m", 4, 7));

    assertThat(same.isUnchanged()).isTrue();
    assertThat(same.refusal()).isNull();
    assertThat(printed(same)).isEqualTo("m: version 4, unchanged\n");
  }

  @Test
  void aVersionThatIsNotGreaterShouldBeRefusedAndTheNextFreeOneNamed() {
    Comparison equal = new Comparison(parsed("m", 4, 8), parsed("m", 4, 7));
    Comparison retired = new Comparison(parsed("m", 4, 8), new RetiredModel("m", 6, null));

    assertThat(equal.refusal())
        .isEqualTo(
            "model 'm': version 4 is not greater than 4, which is live; the next free version is 5");
    assertThat(retired.refusal())
        .isEqualTo(
            "model 'm': version 4 is not greater than 6, at which the model was retired; the next"
                + " free version is 7");
  }

  /** What docs/key-configs.md shows of publishing the samples. */
  @Test
  void theSamplesShouldDifferAsThePageShows() throws Exception {
    Comparison samples = new Comparison(sample("next/user.yaml"), sample("keys/user.yaml"));

    assertThat(Files.readString(Path.of("docs/key-configs.md"))).contains(printed(samples));
  }

  private static KeyConfig sample(String name) throws Exception {
    return KeyConfigParser.parseAll(Path.of("etc/samples").resolve(name)).get(0);
  }

  @Test
  void aGreaterVersionShouldShowItsChangesUnderOneAnother() {
    Comparison changed = new Comparison(parsed("m", 5, 8), parsed("m", 4, 7));

    assertThat(changed.refusal()).isNull();
    assertThat(printed(changed))
        .isEqualTo("m: version 4 → 5\n  ~ 'a': key 7 → 8  affects readers\n");
    assertThat(printed(new Comparison(parsed("m", 5, 7), parsed("m", 4, 7))))
        .isEqualTo("m: version 4 → 5\n  only the version differs\n");
  }

  @Test
  void aNewOrRetiredModelShouldShowItsTensors() {
    assertThat(printed(new Comparison(parsed("m", 1, 7), null)))
        .isEqualTo("m: version 1, a new model\n  + tensor 0 'a': key 7, float [2]\n");
    assertThat(printed(new Comparison(parsed("m", 2, 7), new RetiredModel("m", 1, null))))
        .isEqualTo("m: version 2, retired at version 1\n  + tensor 0 'a': key 7, float [2]\n");
  }

  private static String printed(Comparison comparison) {
    StringWriter text = new StringWriter();
    comparison.print(new PrintWriter(text));
    return text.toString().replace(System.lineSeparator(), "\n");
  }
}
