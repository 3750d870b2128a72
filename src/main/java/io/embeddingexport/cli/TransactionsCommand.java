package io.embeddingexport.cli;

import io.embeddingexport.cli.transactions.AbortCommand;
import io.embeddingexport.cli.transactions.DescribeCommand;
import io.embeddingexport.cli.transactions.TransactionsListCommand;
import picocli.CommandLine.Command;

/**
 * {@code transactions}: shows transactions that hold back consumers of committed records, and ends
 * them.
 */
@Command(
    name = "transactions",
    mixinStandardHelpOptions = true,
    description = "See and end transactions that hold back readers (docs/transactions.md).",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {TransactionsListCommand.class, DescribeCommand.class, AbortCommand.class})
public final class TransactionsCommand {}
