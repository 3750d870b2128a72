package io.embeddingexport.cli.inputs;

import picocli.CommandLine.Command;

/** {@code inputs}: commands for mappings of events. */
@Command(
    name = "inputs",
    description =
        "Check mappings, try them on real messages, or have one proposed (docs/events.md).",
    subcommands = {ValidateCommand.class, TryCommand.class})
public final class InputsCommand {}
