package io.embeddingexport.cli.keys;

import io.embeddingexport.keys.KeyConfig;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code keys diff}: compares files with the live key configs. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = {
      "Show how key-config files differ from what is live.",
      "'affects' names who must change as well: readers of the records, senders of the events."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:no difference",
      "1:a file is not valid, or the topic cannot be read",
      "2:wrong usage",
      "3:they differ"
    })
public final class DiffCommand implements Callable<Integer> {
  private static final int DIFFER = 3;

  @Spec private CommandSpec spec;
  @Mixin private KeyConfigArguments files;
  @Mixin private ConfigTopicOptions options;

  @Override
  public Integer call() throws Exception {
    List<KeyConfig> configs = files.read();
    options.load();
    TopicContents contents = options.contents();
    PrintWriter out = spec.commandLine().getOut();
    ComparisonText text = new ComparisonText(out);
    boolean differ = false;
    for (KeyConfig config : configs) {
      Comparison comparison = new Comparison(config, contents.entry(config.model()));
      text.print(comparison);
      if (comparison.refusal() != null) {
        out.println("  cannot be published: " + comparison.refusal());
      }
      differ |= !comparison.isUnchanged();
    }
    out.flush();
    return differ ? DIFFER : 0;
  }
}
