package io.embeddingexport.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.cli.clients.ErrorLine;
import io.embeddingexport.cli.console.StandardOutput;
import io.embeddingexport.cli.demo.DemoCommand;
import io.embeddingexport.cli.inputs.InputsCommand;
import io.embeddingexport.cli.keys.KeysCommand;
import io.embeddingexport.cli.positions.PositionsCommand;
import io.embeddingexport.cli.topics.TopicsCommand;
import io.embeddingexport.cli.transactions.TransactionsCommand;
import io.embeddingexport.job.options.InvalidOptionsException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code embedding-export} command. */
@Command(
    name = "embedding-export",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Streams embedding events into twml DataRecords on Kafka, exactly once.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      BrokerCommand.class,
      KeysCommand.class,
      InputsCommand.class,
      PositionsCommand.class,
      DeadLettersCommand.class,
      TransactionsCommand.class,
      TopicsCommand.class,
      ProduceCommand.class,
      PeekCommand.class,
      ConsumeCommand.class
    })
public final class Main {

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Print stack traces of errors.")
  private boolean verbose;

  public static void main(String[] args) {
    // Keeps numbers the same everywhere, and the Turkish i away from libraries.
    Locale.setDefault(Locale.ROOT);
    System.exit(run(commandLine(), new FileOutputStream(FileDescriptor.out), args));
  }

  /**
   * Runs a command.
   *
   * @param out receives its output, in UTF-8
   * @return its exit code; 1 if {@code out} does not take all of it
   */
  static int run(CommandLine commandLine, OutputStream out, String... args) {
    StandardOutput standardOutput = new StandardOutput(out);
    commandLine.setOut(new PrintWriter(standardOutput, true, UTF_8));
    int exitCode = commandLine.execute(args);
    commandLine.getOut().flush();
    IOException failure = standardOutput.failure();
    if (failure == null) {
      return exitCode;
    }
    ErrorLine.print(
        commandLine,
        "standard output cannot be written: "
            + failure.getMessage()
            + "; the output is incomplete");
    return exitCode == 0 ? 1 : exitCode;
  }

  /** The whole command line, ready to execute. */
  public static CommandLine commandLine() {
    Main main = new Main();
    CommandLine commandLine = new CommandLine(main);
    for (Class<?> commands : List.of(JobCommands.class, FilterCommands.class)) {
      new CommandLine(commands).getSubcommands().forEach(commandLine::addSubcommand);
    }
    commandLine.setExecutionExceptionHandler(main::handle);
    commandLine.setParameterExceptionHandler(Main::refuse);
    headExitCodes(commandLine);
    // Not in the annotation, whose values every command inherits.
    commandLine
        .getCommandSpec()
        .usageMessage()
        .footer(
            "",
            "Help on a command: embedding-export COMMAND --help",
            "Exit codes: 0 ok, 1 problems with data or the run, 2 wrong usage");
    // A feature name may start with @.
    commandLine.setExpandAtFiles(false);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine
        .getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new CommandGroups());
    return commandLine;
  }

  /** Reports the command line's mistake in one line, with a suggestion. */
  private static int refuse(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    List<String> near =
        e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
    ErrorLine.print(
        command,
        e.getMessage()
            + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?")
            + "; see "
            + command.getCommandSpec().qualifiedName()
            + " --help");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private int handle(Exception e, CommandLine commandLine, ParseResult parsed) {
    if (e instanceof IOException io && StandardOutput.isClosedPipe(io)) {
      return 0;
    }
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    ErrorLine.print(commandLine, message);
    if (verbose) {
      e.printStackTrace(commandLine.getErr());
    }
    commandLine.getErr().flush();
    return e instanceof InvalidOptionsException || e instanceof IllegalArgumentException ? 2 : 1;
  }

  private static void headExitCodes(CommandLine command) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    if (!usage.exitCodeList().isEmpty()) {
      usage.exitCodeListHeading("Exit codes:%n");
    }
    command.getSubcommands().values().forEach(Main::headExitCodes);
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
      Properties properties = new Properties();
      try (InputStream in = Main.class.getResourceAsStream("version.properties")) {
        if (in != null) {
          properties.load(in);
        }
      }
      return new String[] {"embedding-export " + properties.getProperty("version", "unknown")};
    }
  }
}
