package io.embeddingexport.chaos.run;

import io.embeddingexport.audit.Report;
import io.embeddingexport.chaos.cluster.SubmittedJob.Status;
import io.embeddingexport.chaos.fault.Caretaker;
import io.embeddingexport.chaos.fault.Fault;
import io.embeddingexport.chaos.fault.FaultClass;
import io.embeddingexport.chaos.fault.FaultSchedule;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A run from its first process to its report. */
final class ChaosRun {
  private static final Duration RECOVERY = Duration.ofMinutes(5);

  private final RunPlan plan;
  private final Rig rig;
  private final RunListener listener;
  private final FaultSchedule schedule;
  private final Recovery recovery;
  private final RunStage stage;
  private final SplittableRandom random;
  private final Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final long startedNanos = System.nanoTime();
  private final List<FaultLine> faults = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  private ChaosRun(RunPlan plan, Rig rig, RunListener listener) {
    this.plan = plan;
    this.rig = rig;
    this.listener = listener;
    this.schedule = FaultSchedule.of(plan.seed(), rig.cluster);
    this.recovery =
        new Recovery(
            this::jobStatus,
            rig.traffic::next,
            before -> rig.watch.ask(known -> known.missing(before)),
            partition -> rig.watch.ask(known -> known.furthest(partition)),
            RECOVERY);
    this.stage =
        new RunStage(
            rig.cluster,
            rig.configs,
            plan.transactionTimeout(),
            RunPlan.GROUP,
            rig.topics.inputPartitions(),
            listener::say);
    this.random = new SplittableRandom(plan.seed() + 2);
  }

  /**
   * Runs to the end, whatever happens after the start.
   *
   * @param home an existing directory for what the processes write
   */
  static Segment run(RunPlan plan, Path home, RunListener listener) throws Exception {
    listener.say("seed " + plan.seed());
    try (Rig rig = Rig.start(plan, home)) {
      return new ChaosRun(plan, rig, listener).run();
    }
  }

  private Segment run() {
    Conclusion conclusion = null;
    try {
      listener.say("the job is submitted; first outputs after " + text(recovery.measure()));
      if (goThroughFaults()) {
        listener.say("stops, and reads everything once more");
        conclusion = Conclusion.of(rig);
      }
    } catch (Exception e) {
      fail(e);
    }
    return new Segment(summary(conclusion), List.copyOf(faults));
  }

  /** Whether the system works after the last one. */
  private boolean goThroughFaults() throws Exception {
    for (int number = 1;
        number <= plan.faults() && elapsed().compareTo(plan.time()) < 0;
        number++) {
      FaultLine fault = goThrough(number, next());
      faults.add(fault);
      listener.happened(fault);
      if (fault.recoveryMillis() == null) {
        return false;
      }
      rig.traffic.requireSending();
      stage.hold(Duration.ofMillis(random.nextLong(500, plan.calm().toMillis() + 1)));
    }
    return true;
  }

  /** Whoever looks after the processes starts those that have ended. */
  private Optional<Status> jobStatus() {
    List<String> started = Caretaker.startEnded(rig.cluster);
    if (!started.isEmpty()) {
      listener.say("had ended, and are started again: " + started);
    }
    return rig.job.status();
  }

  private Fault next() {
    Fault fault = schedule.next();
    while (!plan.kinds().contains(fault.kind())) {
      fault = schedule.next();
    }
    return fault;
  }

  private FaultLine goThrough(int number, Fault fault) throws InterruptedException {
    double minute = minutes();
    listener.say("#" + number + " " + fault.kind() + ": " + fault);
    long from = System.nanoTime();
    String failure = null;
    try {
      fault.happen(stage);
    } catch (RuntimeException e) {
      failure = fail(e);
    }
    Duration lasted = Duration.ofNanos(System.nanoTime() - from);
    Long millis = null;
    try {
      millis = recovery.measure().toMillis();
    } catch (RuntimeException e) {
      failure = fail(e);
    }
    Report report = rig.watch.report();
    return new FaultLine(
        number,
        minute,
        fault.kind().name(),
        fault.toString(),
        lasted.toMillis(),
        millis,
        failure,
        report.outcomes(),
        anomalies(report));
  }

  private String fail(Exception e) {
    listener.say("FAILURE: " + e + "\n" + Diagnosis.of(rig));
    failures.add(e.toString());
    return e.toString();
  }

  private RunSummary summary(@Nullable Conclusion conclusion) {
    Report report = conclusion == null ? rig.watch.report() : conclusion.report();
    return new RunSummary(
        plan.seed(),
        started.toString(),
        minutes(),
        machine(),
        plan.guarantee(),
        plan.rate(),
        report.inputs(),
        report.records(),
        report.tombstones(),
        report.letters(),
        report.refusals(),
        rig.configs.published(),
        rig.job.tally().restarts(),
        rig.job.tally().checkpoints(),
        rig.job.submissions(),
        conclusion == null ? 0 : conclusion.transactionalIds(),
        leftOut(),
        counts(report),
        report.first().stream().map(Object::toString).toList(),
        List.copyOf(failures));
  }

  private static Map<String, Long> counts(Report report) {
    return report.counts().entrySet().stream()
        .collect(
            Collectors.toMap(
                count -> count.getKey().name(), Map.Entry::getValue, Long::sum, TreeMap::new));
  }

  private Map<String, String> leftOut() {
    Map<String, String> reasons = new TreeMap<>();
    Arrays.stream(FaultClass.values())
        .filter(kind -> !plan.kinds().contains(kind))
        .forEach(kind -> reasons.put(kind.name(), "not asked for"));
    schedule.leftOut().forEach((kind, why) -> reasons.put(kind.name(), why));
    return reasons;
  }

  private static long anomalies(Report report) {
    return report.counts().values().stream().mapToLong(Long::longValue).sum();
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  private double minutes() {
    return elapsed().toMillis() / 100 / 600.0;
  }

  private static String text(Duration time) {
    return time.toMillis() / 100 / 10.0 + " s";
  }

  private static String machine() {
    return Runtime.getRuntime().availableProcessors()
        + " cores, "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.version")
        + ", Java "
        + System.getProperty("java.version");
  }
}
