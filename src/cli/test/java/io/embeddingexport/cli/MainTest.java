package io.embeddingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpShouldListEveryCommandOnceInItsGroup() {
    assertThat(execute("--help")).isZero();

    assertThat(out.toString()).contains("See it work:", "The stream:").doesNotContain("Other:");
    for (String name : Main.commandLine().getSubcommands().keySet()) {
      assertThat(out.toString().lines().filter(line -> line.startsWith("  " + name + " ")))
          .as(name)
          .hasSize(1);
    }
  }

  @Test
  void everyCommandShouldExplainItself() {
    for (CommandLine command : Main.commandLine().getSubcommands().values()) {
      assertThat(command.getUsageMessage()).contains(command.getCommandName());
      assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
    }
  }

  @Test
  void everyCommandWithAJobsOptionsShouldTakeThemTheSameWay() {
    List<String> ways = new ArrayList<>();
    collectJobOptions(Main.commandLine(), ways);

    assertThat(ways).hasSizeGreaterThan(10);
    assertThat(Set.copyOf(ways)).hasSize(1);
  }

  private static void collectJobOptions(CommandLine command, List<String> ways) {
    if (command.getCommandSpec().findOption("--config") != null) {
      ways.add(usage(command, "--config") + usage(command, "--set"));
    }
    command.getSubcommands().values().forEach(sub -> collectJobOptions(sub, ways));
  }

  private static String usage(CommandLine command, String option) {
    OptionSpec spec = command.getCommandSpec().findOption(option);
    assertThat(spec).as("%s of %s", option, command.getCommandName()).isNotNull();
    return List.of(spec.names()) + spec.paramLabel() + List.of(spec.description());
  }

  @Test
  void wrongUsageShouldBeTwoAndSayOneLine() {
    assertUsageError("did you mean", "prodce");
    assertUsageError("see embedding-export --help", "--nonsense");
    assertUsageError("TOPIC", "peek");
    assertUsageError("--until soon: must be one of none, latest", "peek", "t", "--until", "soon");
    assertUsageError("--group", "consume", "t", "--separator", "twml");
    assertUsageError("--separator", "consume", "t", "--group", "g");
    assertUsageError(
        "--separator 0g: must be twml, or 1 to 64 bytes in hex",
        "consume",
        "t",
        "--group",
        "g",
        "--separator",
        "0g");
    assertUsageError("FILE", "keys", "validate");
    assertUsageError("see embedding-export run --help", "run", "stray");
    assertUsageError("--config", "run", "--config");
  }

  private void assertUsageError(String text, String... args) {
    err.getBuffer().setLength(0);
    assertThat(execute(args)).isEqualTo(2);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("error: ")
        .contains(text);
  }

  @Test
  void theVersionShouldBeThePoms() {
    assertThat(execute("--version")).isZero();

    assertThat(out.toString()).matches("embedding-export \\d+\\.\\d+\\.\\d+.*\\R");
  }

  @Test
  void runShouldNameEveryOptionProblemWithoutAStackTrace() {
    assertThat(execute("run", "--set", "input.fromat=json", "--from", "nowhere")).isEqualTo(2);

    assertThat(err.toString())
        .startsWith("error: ")
        .contains(
            "did you mean 'input.format'?", "input.from = nowhere", "output.topic: is required")
        .doesNotContain("\tat ");
  }

  @Test
  void verboseShouldShowTheStackTrace() {
    assertThat(execute("run", "-v")).isEqualTo(2);

    assertThat(err.toString()).contains("\tat ");
  }

  @Test
  void keysValidateShouldNameEveryProblem(@TempDir Path directory) throws Exception {
    Path bad = Files.writeString(directory.resolve("bad.yaml"), "model: x\nversion: 0\nkeys: []\n");

    assertThat(execute("keys", "validate", "etc/samples/keys", bad.toString())).isEqualTo(1);

    assertThat(out.toString()).contains("valid: model 'user', version 1, 2 keys");
    assertThat(err.toString().lines())
        .hasSizeGreaterThan(1)
        .allMatch(l -> l.startsWith("error: " + bad));
  }

  @Test
  void everyCommandShouldBeginWhatIsWrongWithTheSameWord(@TempDir Path directory) throws Exception {
    String bad =
        Files.writeString(directory.resolve("bad.yaml"), "model: x\nversion: 0\n").toString();

    assertErrors(2, "run");
    assertErrors(1, "keys", "validate", bad);
    assertErrors(1, "keys", "publish", bad);
    assertErrors(1, "produce", "--topic", "t", "--keys", bad);
    assertErrors(1, "peek", "t", "--keys", bad);
    assertErrors(1, "feature-id", "\ud800");
    assertErrors(1, "transactions", "list", "-b", "127.0.0.1:0");
  }

  /** Lines that belong to the one above are indented. */
  private void assertErrors(int exitCode, String... args) {
    err.getBuffer().setLength(0);
    assertThat(execute(args)).isEqualTo(exitCode);
    assertThat(err.toString().lines())
        .as(String.join(" ", args))
        .isNotEmpty()
        .allMatch(line -> line.startsWith("error: ") || line.startsWith("  "));
  }

  @Test
  void keysValidateShouldAcceptTheSamples() {
    assertThat(execute("keys", "validate", "etc/samples/keys")).isZero();
    assertThat(out.toString().lines()).hasSize(3);
  }

  private int execute(String... args) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(args);
  }
}
