package io.embeddingexport.cli;

import io.embeddingexport.cli.topics.CreateCommand;
import picocli.CommandLine.Command;

/** {@code topics}: the topics that a job needs. */
@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    description = "Create the topics that a job needs (docs/deploy.md).",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = CreateCommand.class)
public final class TopicsCommand {}
