package io.embeddingexport.cli;

import io.embeddingexport.cli.keys.DiffCommand;
import io.embeddingexport.cli.keys.KeysListCommand;
import io.embeddingexport.cli.keys.KeysShowCommand;
import io.embeddingexport.cli.keys.PublishCommand;
import io.embeddingexport.cli.keys.RetireCommand;
import io.embeddingexport.cli.keys.ValidateCommand;
import picocli.CommandLine.Command;

/** {@code keys}: commands for key configs. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = "Check, publish and show key configs (docs/key-configs.md).",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ValidateCommand.class,
      DiffCommand.class,
      PublishCommand.class,
      KeysListCommand.class,
      KeysShowCommand.class,
      RetireCommand.class
    })
public final class KeysCommand {}
