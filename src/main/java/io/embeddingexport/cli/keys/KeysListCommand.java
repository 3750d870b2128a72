package io.embeddingexport.cli.keys;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code keys list}: lists the contents of a key-config topic. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "List the models of a key-config topic, and the messages that should not be there:",
      "invalid ones, and older versions after newer ones, which compaction would keep."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:listed",
      "1:listed with problems, or the topic cannot be read",
      "2:wrong usage"
    })
public final class KeysListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigTopicOptions options;

  @Option(names = "--json", description = "Print one JSON object per line.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    options.load();
    TopicContents contents = options.contents();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      new ListingJson(out).print(contents);
    } else {
      new ListingText(out).print(contents, options.topic());
    }
    out.flush();
    return contents.problems().isEmpty() ? 0 : 1;
  }
}
