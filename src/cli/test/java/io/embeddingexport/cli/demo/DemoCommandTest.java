package io.embeddingexport.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class DemoCommandTest {

  @ParameterizedTest
  @CsvSource({
    "--count=0,            --count 0: must be 1 to",
    "--count=2000000000,   --count 2000000000: must be 1 to",
    "--count=many,         '--count'",
    "--parallelism=0,      --parallelism 0: must be 1 to",
    "--unknown,            --unknown",
  })
  void givenAWrongOptionThenItIsNamedAndTheStatusIs2(String argument, String message) {
    StringWriter err = new StringWriter();
    CommandLine command = new CommandLine(new DemoCommand()).setErr(new PrintWriter(err));

    assertThat(command.execute(argument)).isEqualTo(2);
    assertThat(err.toString()).contains(message);
  }
}
