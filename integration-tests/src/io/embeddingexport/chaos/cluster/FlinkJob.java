package io.embeddingexport.chaos.cluster;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** The job, by Flink's command line. */
final class FlinkJob implements SubmittedJob {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern SUBMITTED = Pattern.compile("submitted with JobID ([0-9a-f]{32})");
  private static final Pattern SAVEPOINT = Pattern.compile("Savepoint completed. Path: (\\S+)");

  private static final Pattern CANCELLED = Pattern.compile("Cancelled job ([0-9a-f]{32})");
  private static final Set<String> ENDED = Set.of("FINISHED", "CANCELED", "FAILED");

  private final FlinkProcesses flink;
  private final FlinkRest rest;
  private final JobStatusReader statuses;
  private final String jar;
  private final Path options;
  private final Supplier<ClusterNode> leader;
  private volatile String id;

  /**
   * @param options file of the job's options
   * @param leader waits until a JobManager leads
   */
  FlinkJob(
      FlinkProcesses flink, FlinkRest rest, Path jar, Path options, Supplier<ClusterNode> leader) {
    this.flink = flink;
    this.rest = rest;
    this.statuses = new JobStatusReader(rest);
    this.jar = jar.toString();
    this.options = options;
    this.leader = leader;
  }

  @Override
  public void start(int parallelism) {
    submit(List.of("run", "-d", "-p", Integer.toString(parallelism)));
  }

  @Override
  public void restore(String snapshot, int parallelism) {
    submit(List.of("run", "-d", "-s", snapshot, "-p", Integer.toString(parallelism)));
  }

  private void submit(List<String> command) {
    List<String> words = new ArrayList<>(command);
    words.add(jar);
    words.addAll(List.of("--config", options.toString()));
    String before = id;
    id = flink(words, SUBMITTED, () -> running(before), false);
  }

  @Override
  public String savepoint() {
    return flink(List.of("savepoint", id), SAVEPOINT, Optional::empty, true);
  }

  @Override
  public String stopWithSavepoint() {
    String savepoint = flink(List.of("stop", id), SAVEPOINT, this::savepointOfEnded, true);
    awaitEnd();
    return savepoint;
  }

  @Override
  public void cancel() {
    flink(
        List.of("cancel", id),
        CANCELLED,
        () -> hasEnded(id) ? Optional.of(id) : Optional.empty(),
        false);
    awaitEnd();
  }

  /** Until its slots are free. */
  private void awaitEnd() {
    String ended = id;
    await("the end of job " + ended)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> hasEnded(ended));
  }

  private boolean hasEnded(String job) {
    return rest.get("/jobs/" + job)
        .filter(found -> ENDED.contains(found.path("state").asText()))
        .isPresent();
  }

  /** A job that has not ended, and is another than the one before. */
  private Optional<String> running(String before) {
    return rest.get("/jobs/overview").stream()
        .flatMap(overview -> StreamSupport.stream(overview.path("jobs").spliterator(), false))
        .filter(job -> !ENDED.contains(job.path("state").asText()))
        .map(job -> job.path("jid").asText())
        .filter(job -> !job.equals(before))
        .findFirst();
  }

  private Optional<String> savepointOfEnded() {
    return hasEnded(id)
        ? rest.get("/jobs/" + id + "/checkpoints")
            .map(found -> found.at("/latest/savepoint/external_path").asText())
            .filter(path -> !path.isEmpty())
        : Optional.empty();
  }

  @Override
  public Optional<Status> status() {
    String current = id;
    return current == null ? Optional.empty() : status(current);
  }

  @Override
  public Optional<Status> status(String submission) {
    return statuses.read(submission);
  }

  /**
   * Runs Flink's command line, again if it failed and meanwhile another JobManager has come to
   * lead.
   *
   * @param wanted what to find in what it prints
   * @param done what it should have printed, if it was carried out though it failed
   * @param again whether it is also run again if the same JobManager leads. Flink takes no
   *     savepoint while a task restarts, and a fault can fail a task some time after outputs came
   *     again; an operator runs the command once more
   */
  private String flink(
      List<String> arguments, Pattern wanted, Supplier<Optional<String>> done, boolean again) {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      ClusterNode led = leader.get();
      try {
        return firstGroup(wanted, Errand.run(flink.commandLine(arguments)));
      } catch (Errand.FailedException e) {
        boolean sameLeader = leader.get().equals(led);
        if ((sameLeader && !again) || System.nanoTime() > giveUp) {
          throw e;
        }
        Optional<String> result = done.get();
        if (result.isPresent()) {
          return result.get();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static String firstGroup(Pattern pattern, String printed) {
    Matcher matcher = pattern.matcher(printed);
    if (!matcher.find()) {
      throw new IllegalStateException("no '" + pattern + "' in:\n" + printed);
    }
    return matcher.group(1);
  }
}
