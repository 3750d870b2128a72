package io.embeddingexport.cli.keys;

import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigJson;
import io.embeddingexport.keys.KeyConfigYaml;
import io.embeddingexport.text.SafeText;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keys show}: the key config of one model. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Print the live key config of a model as YAML: edit it, set the next version, and publish.",
      "Features have their ids, and their names if the key config was published with them."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:printed",
      "1:the model is retired or unknown, or the topic cannot be read",
      "2:wrong usage"
    })
public final class KeysShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigTopicOptions options;

  @Parameters(paramLabel = "MODEL", description = "Model to show.")
  private String model;

  @Option(names = "--json", description = "Print one line of JSON, with every default.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    options.load();
    TopicContents contents = options.contents();
    LiveModel standing = contents.model(model);
    if (standing == null) {
      throw new CommandException(UnknownModel.text(model, contents, options.topic()));
    }
    if (!(standing.entry() instanceof KeyConfig config)) {
      throw new CommandException(
          "model %s has been retired since %s (%s); its version was %s"
              .formatted(
                  SafeText.quoted(model),
                  standing.place().time(),
                  standing.place(),
                  standing.entry().version() == 0 ? "unknown" : standing.entry().version()));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(KeyConfigJson.write(config));
    } else {
      out.println("# " + standing.place() + ", published " + standing.place().time());
      out.print(KeyConfigYaml.write(config));
    }
    out.flush();
    return 0;
  }
}
