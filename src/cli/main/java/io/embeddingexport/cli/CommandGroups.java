package io.embeddingexport.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;

/** Lists the commands by purpose. */
final class CommandGroups implements IHelpSectionRenderer {
  private static final Map<String, List<String>> GROUPS = new LinkedHashMap<>();

  static {
    GROUPS.put("See it work", List.of("demo", "broker"));
    GROUPS.put("The stream", List.of("run", "backfill", "doctor", "produce", "peek", "consume"));
    GROUPS.put("Configuration", List.of("inputs", "keys", "options"));
    GROUPS.put("Operations", List.of("topics", "positions", "transactions", "dead-letters"));
    GROUPS.put("Records (filters)", List.of("encode", "decode", "feature-id"));
  }

  @Override
  public String render(Help help) {
    Map<String, Help> commands = new LinkedHashMap<>(help.subcommands());
    if (commands.keySet().stream().noneMatch(CommandGroups::isGrouped)) {
      return help.commandList();
    }
    StringBuilder text = new StringBuilder();
    GROUPS.forEach((title, names) -> text.append(group(title, names, commands)));
    List<String> others = new ArrayList<>(commands.keySet());
    return text.append(others.isEmpty() ? "" : group("Other", others, commands)).toString();
  }

  private static boolean isGrouped(String name) {
    return GROUPS.values().stream().anyMatch(names -> names.contains(name));
  }

  private static String group(String title, List<String> names, Map<String, Help> commands) {
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      Help command = commands.remove(name);
      if (command != null) {
        text.append("  %-12s %s%n".formatted(name, summary(command.commandSpec())));
      }
    }
    return text.isEmpty() ? "" : "%n%s:%n".formatted(title) + text;
  }

  private static String summary(CommandSpec spec) {
    String[] description = spec.usageMessage().description();
    return description.length == 0 ? "" : description[0];
  }
}
