package io.embeddingexport.chaos.run;

import io.embeddingexport.chaos.fault.FaultClass;
import io.embeddingexport.local.TemporaryDirectory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code integration-tests/chaos} runs. */
@Command(
    name = "integration-tests/chaos",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs the job on three brokers, two JobManagers and three TaskManagers under a schedule of"
          + " faults, and checks every message that comes out.",
      "Exit status: 0 if nothing was found, 1 if something was. With --control: 0 if doubled"
          + " messages were found, and none lost."
    })
public final class ChaosCommand implements Callable<Integer> {
  @Option(
      names = "--tier",
      paramLabel = "ci|long",
      defaultValue = "long",
      description = "ci: 30 faults in 15 min at most; long: 30 min. Default: ${DEFAULT-VALUE}")
  private String tier;

  @Option(names = "--minutes", description = "No fault begins after so many minutes")
  private @Nullable Integer minutes;

  @Option(names = "--faults", description = "Ends after so many faults")
  private @Nullable Integer faults;

  @Option(
      names = "--seed",
      description = "The same seed gives the same faults in the same order. Default: another one")
  private @Nullable Long seed;

  @Option(
      names = "--rate",
      defaultValue = "6000",
      description = "Inputs a second. Default: ${DEFAULT-VALUE}")
  private int rate;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "CLASS",
      description = "Only faults of these classes: ${COMPLETION-CANDIDATES}")
  private @Nullable List<FaultClass> only;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Writes report.md, run.json and faults.jsonl there")
  private @Nullable Path report;

  @Option(
      names = "--control",
      paramLabel = "at-least-once",
      description = "The same without transactions: the checker must find doubled messages")
  private @Nullable String control;

  private final PrintStream out = System.out;

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new ChaosCommand()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  /** Sums up. */
  @Command(name = "merge", description = "Prints one report of several runs (their --report DIR)")
  int merge(@Parameters(arity = "1..*", paramLabel = "DIR") List<Path> directories)
      throws IOException {
    List<Segment> segments = new ArrayList<>();
    for (Path directory : directories) {
      segments.add(new SegmentFiles(asCalled(directory)).read());
    }
    out.print(ReportText.of(segments));
    return segments.stream().allMatch(segment -> segment.summary().isClean()) ? 0 : 1;
  }

  @Override
  public Integer call() throws Exception {
    RunPlan plan = plan();
    TemporaryDirectory home = TemporaryDirectory.create("chaos-");
    SegmentFiles files = report == null ? null : SegmentFiles.create(asCalled(report));
    Progress progress = new Progress(out, files, System.nanoTime());
    boolean good = false;
    try {
      Segment segment = ChaosRun.run(plan, home.path(), progress);
      progress.finish(segment);
      RunSummary summary = segment.summary();
      good = plan.atLeastOnce() ? summary.isControlPassed() : summary.isClean();
    } finally {
      if (good) {
        home.delete();
      } else {
        out.println("what the processes wrote is kept in " + home.path());
      }
    }
    return good ? 0 : 1;
  }

  /** The script changes to the project's directory; paths are meant from where it was called. */
  private static Path asCalled(Path path) {
    return Path.of(System.getProperty("called.in", "")).resolve(path);
  }

  private RunPlan plan() {
    Tier chosen = tier();
    boolean atLeastOnce = isControl();
    return new RunPlan(
        seed == null ? new SplittableRandom().nextLong(1_000_000_000) : seed,
        minutes == null ? chosen.time() : Duration.ofMinutes(minutes),
        faults == null ? chosen.faults() : faults,
        rate,
        only != null
            ? EnumSet.copyOf(only)
            : atLeastOnce ? RunPlan.OF_CONTROL : EnumSet.allOf(FaultClass.class),
        atLeastOnce,
        chosen.calm());
  }

  private Tier tier() {
    return switch (tier) {
      case "ci" -> Tier.CI;
      case "long" -> Tier.LONG;
      default -> throw wrong("--tier is ci or long, not " + tier);
    };
  }

  private boolean isControl() {
    if (control != null && !control.equals("at-least-once")) {
      throw wrong("--control is at-least-once, not " + control);
    }
    return control != null;
  }

  private static CommandLine.ParameterException wrong(String message) {
    return new CommandLine.ParameterException(commandLine(), message);
  }
}
