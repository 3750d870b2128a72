package io.embeddingexport.cli.demo;

import io.embeddingexport.cli.console.Terminal;
import io.embeddingexport.local.TemporaryDirectory;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code demo}: shows the export at work, and that it keeps its guarantees when a task is killed.
 */
@Command(
    name = "demo",
    description = {
      "Show the export at work, on a real broker and a Flink cluster in this process.",
      "It sends events of three models, one in a thousand malformed, and exports them with a"
          + " checkpoint per second. It changes a key config and kills a TaskManager during the"
          + " run, and compares every output message with what was sent."
    },
    exitCodeList = {
      "0:every output message is right",
      "1:something is wrong or missing",
      "2:wrong usage"
    })
public final class DemoCommand implements Callable<Integer> {
  private static final int MAX_COUNT = 100_000_000;
  private static final int MAX_PARALLELISM = 64;

  @Spec private CommandSpec spec;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Events to send (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Seed of the random values in the events (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "2",
      description = "Parallelism of the job (default: ${DEFAULT-VALUE}).")
  private int parallelism;

  @Option(names = "--ui", description = "Serve Flink's web UI while it runs.")
  private boolean ui;

  @Option(
      names = "--keep",
      description = "Keep broker, cluster and job running until Ctrl-C. Implies --ui.")
  private boolean keep;

  @Option(names = "--json", description = "Print the result as JSON in the last line.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Demo.Settings settings = new Demo.Settings(count, seed, parallelism, ui || keep, keep);
    requireWithin("--count", count, MAX_COUNT);
    requireWithin("--parallelism", parallelism, MAX_PARALLELISM);
    TemporaryDirectory directory = TemporaryDirectory.create("embedding-export-demo-");
    requireSpace(settings, directory);
    Path log = directory.path().resolve("demo.log");
    logTo(log);
    DemoConsole screen = new DemoConsole(spec.commandLine().getOut(), Terminal.isAttached());
    Demo demo = new Demo(settings, directory.path(), screen);
    Thread cleanUp = new Thread(() -> cleanUp(demo, directory), "demo-clean-up");
    Runtime.getRuntime().addShutdownHook(cleanUp);
    boolean ok = run(demo, screen);
    if (keep) {
      demo.announce();
      new CountDownLatch(1).await();
    }
    Runtime.getRuntime().removeShutdownHook(cleanUp);
    if (ok) {
      cleanUp(demo, directory);
    } else {
      demo.close();
      screen.line("  the details are in " + log);
    }
    return ok ? 0 : 1;
  }

  private boolean run(Demo demo, DemoConsole screen) {
    screen.line(
        "@|bold embedding-export demo|@: %s events, parallelism %d, seed %d%n"
            .formatted(DemoConsole.number(count), parallelism, seed));
    try {
      DemoResult result = demo.run();
      result.print(screen);
      if (json) {
        screen.plain(result.json().toString());
      }
      return result.isClean();
    } catch (Exception e) {
      LogManager.getLogger(DemoCommand.class).error("The demo failed", e);
      screen.line("  @|bold,red ✗ the demo could not be completed:|@ " + e.getMessage());
      return false;
    }
  }

  private static void cleanUp(Demo demo, TemporaryDirectory directory) {
    try {
      demo.close();
    } catch (Exception e) {
      LogManager.getLogger(DemoCommand.class).warn("Closing failed", e);
    }
    directory.delete();
  }

  /** Sends all logging to a file: the screen is for the demo. */
  private static void logTo(Path log) throws URISyntaxException {
    System.setProperty("demo.log", log.toString());
    URI configuration = DemoCommand.class.getResource("demo-log4j2.properties").toURI();
    // Flink's RPC system logs through its own class loader, and so its own configuration.
    System.setProperty("log4j2.configurationFile", configuration.toString());
    Configurator.reconfigure(configuration);
  }

  private void requireSpace(Demo.Settings settings, TemporaryDirectory directory)
      throws IOException {
    long usable = directory.usableBytes();
    if (usable < settings.diskBytes()) {
      directory.delete();
      throw new ParameterException(
          spec.commandLine(),
          "--count %d needs about %d MB in %s, which has %d MB free: send fewer, or set"
                  .formatted(
                      count, settings.diskBytes() >> 20, directory.path().getParent(), usable >> 20)
              + " EMBEDDING_EXPORT_OPTS=-Djava.io.tmpdir=DIRECTORY");
    }
  }

  private void requireWithin(String option, int value, int max) {
    if (value < 1 || value > max) {
      throw new ParameterException(
          spec.commandLine(), "%s %d: must be 1 to %d".formatted(option, value, max));
    }
  }
}
