package io.embeddingexport.cli.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.cli.letters.LetterPlace.OfInput;
import io.embeddingexport.cli.letters.LetterPlace.OfLetter;
import io.embeddingexport.consumer.Origin;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

class LetterPlaceTest {
  private static LetterPlace parse(String... words) {
    CommandSpec command = CommandSpec.create();
    new CommandLine(command);
    return LetterPlace.parse(List.of(words), command);
  }

  @Test
  void twoNumbersAreTheLettersPosition() {
    assertThat(parse("3", "420")).isEqualTo(new OfLetter(3, 420));
  }

  @Test
  void aTopicAndTwoNumbersAreTheInputsPosition() {
    assertThat(parse("events:3:420"))
        .isEqualTo(new OfInput(new Origin(null, 0, "events", 3, 420, Origin.WHOLE)));
    assertThat(parse("events:3:420#7"))
        .isEqualTo(new OfInput(new Origin(null, 0, "events", 3, 420, 7)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "3 -1", "events 3", "events:3", "m@1 events:3:4", "9999999999 1"})
  void anythingElseIsRefused(String words) {
    assertThatThrownBy(
            () -> parse(words.startsWith("m@") ? new String[] {words} : words.split(" ")))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("write PARTITION OFFSET of the letter");
  }
}
