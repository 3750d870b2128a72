package io.embeddingexport.cli;

import io.embeddingexport.cli.positions.AdoptCommand;
import io.embeddingexport.cli.positions.PositionsShowCommand;
import io.embeddingexport.cli.positions.SetCommand;
import picocli.CommandLine.Command;

/** {@code positions}: how far the inputs are exported, and where the next start continues. */
@Command(
    name = "positions",
    mixinStandardHelpOptions = true,
    description = "See and set how far a job has exported its inputs (docs/positions.md).",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {PositionsShowCommand.class, AdoptCommand.class, SetCommand.class})
public final class PositionsCommand {}
