package io.embeddingexport.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.cli.Main;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** docs/security.md, and that no command was forgotten there. */
class SecurityPageTest {
  /** Commands that talk to no broker, or to one of their own. */
  private static final Set<String> WITHOUT_BROKERS =
      Set.of(
          "demo",
          "broker",
          "options",
          "keys validate",
          "inputs validate",
          "encode",
          "decode",
          "feature-id");

  @Test
  void thePageShouldShowTheTable() throws Exception {
    List<String> page = Files.readAllLines(Path.of("docs", "security.md"));
    int first = page.indexOf("|---|---|") + 1;
    List<String> table = LeastPermissions.table();

    assertThat(page.subList(first, first + table.size())).isEqualTo(table);
    assertThat(page.get(first + table.size())).isEmpty();
  }

  @Test
  void everyCommandThatTalksToBrokersShouldBeInTheTable() {
    List<String> commands = new ArrayList<>();
    leaves("", Main.commandLine(), commands);
    commands.removeAll(WITHOUT_BROKERS);

    assertThat(commands)
        .hasSizeGreaterThan(15)
        .allSatisfy(command -> assertThat(LeastPermissions.of(command)).as(command).isNotEmpty());
  }

  @Test
  void everyRowShouldBeTried() {
    assertThat(LeastPermissions.ALL.keySet().stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(
            Set.copyOf(PermissionTrial.ALL.stream().map(PermissionTrial::row).toList()));
  }

  private static void leaves(String name, CommandLine command, List<String> leaves) {
    if (command.getSubcommands().isEmpty()) {
      leaves.add(name.strip());
    }
    command.getSubcommands().forEach((own, sub) -> leaves(name + " " + own, sub, leaves));
  }
}
