package io.embeddingexport.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.it.security.LeastPermissions.Permission;
import io.embeddingexport.it.security.LeastPermissions.Resource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How a command of {@link LeastPermissions} is tried.
 *
 * @param row its name there
 * @param more what is added to the name: arguments, with {@code %s} for the name of the job
 * @param state what there is before
 * @param changes whether the command changes something on the brokers
 */
record PermissionTrial(String row, List<String> more, Set<State> state, boolean changes) {
  static final String SAMPLES = Path.of("etc/samples/keys").toAbsolutePath().toString();

  /** What there can be on the brokers before. */
  enum State {
    TOPICS,
    /** One of the samples. */
    CONFIG,
    CONFIGS,
    /** A good one. */
    EVENT,
    /** A good one, and one that is none. */
    EVENTS,
    RECORD,
    LETTER,
    OFFSETS,
    OPEN_TRANSACTION
  }

  static final List<PermissionTrial> ALL =
      List.of(
          changing("run", "--until latest", State.TOPICS, State.CONFIGS, State.EVENTS),
          changing(
              "run",
              "--until latest --set preflight.enabled=false",
              State.TOPICS,
              State.CONFIGS,
              State.EVENTS),
          looking("doctor", "", State.TOPICS),
          changing(
              "backfill",
              "--from earliest --until offset:*=2 --name again",
              State.TOPICS,
              State.CONFIGS,
              State.EVENTS),
          looking("positions show", "", State.TOPICS),
          looking("positions set", "--to earliest", State.TOPICS),
          looking("positions adopt", "", State.TOPICS, State.OFFSETS),
          changing("positions set --yes", "--to offset:0=1", State.TOPICS, State.EVENTS),
          changing(
              "positions adopt --yes", "", State.TOPICS, State.OFFSETS, State.OPEN_TRANSACTION),
          looking("transactions list", "", State.TOPICS, State.OPEN_TRANSACTION),
          looking("transactions describe", "%s.-0-1", State.TOPICS, State.OPEN_TRANSACTION),
          looking("transactions abort", "%s.-0-1", State.TOPICS, State.OPEN_TRANSACTION),
          changing("transactions abort --yes", "%s.-0-1", State.TOPICS, State.OPEN_TRANSACTION),
          looking("keys list", "", State.TOPICS, State.CONFIGS),
          looking("keys show", "user", State.TOPICS, State.CONFIGS),
          looking("keys diff", SAMPLES, State.TOPICS, State.CONFIGS),
          changing("keys publish", SAMPLES, State.TOPICS, State.CONFIG),
          changing("keys publish --create", SAMPLES),
          looking("keys publish --dry-run", SAMPLES, State.TOPICS, State.CONFIG, State.EVENTS),
          looking(
              "keys publish --canary",
              "100%% --for 1s " + SAMPLES,
              State.TOPICS,
              State.CONFIG,
              State.EVENTS),
          changing("keys retire", "user", State.TOPICS, State.CONFIGS),
          changing("produce", "--topic %s-events --count 1", State.TOPICS),
          changing("produce --create", "1 --topic %s-events --count 1"),
          looking(
              "inputs try",
              "%s-events --set input.format=thrift",
              State.TOPICS,
              State.CONFIGS,
              State.EVENT),
          looking("peek", "%s-records --until latest", State.TOPICS, State.RECORD),
          changing(
              "consume",
              "%s-records --separator ff --group %s-readers --count 1",
              State.TOPICS,
              State.RECORD),
          changing("topics create", ""),
          looking("dead-letters summary", "", State.TOPICS),
          looking("dead-letters list", "", State.TOPICS),
          looking("dead-letters show", "0 0", State.TOPICS, State.LETTER),
          looking("dead-letters replay --dry-run", "", State.TOPICS, State.LETTER),
          changing("dead-letters replay", "--id again", State.TOPICS, State.LETTER));

  private static PermissionTrial changing(String row, String more, State... state) {
    return new PermissionTrial(row, words(more), Set.of(state), true);
  }

  private static PermissionTrial looking(String row, String more, State... state) {
    return new PermissionTrial(row, words(more), Set.of(state), false);
  }

  private static List<String> words(String text) {
    return Stream.of(text.split(" ")).filter(word -> !word.isEmpty()).toList();
  }

  /** Each command once: with all that it does over its connections. */
  static List<PermissionTrial> connecting() {
    return ALL.stream()
        .filter(trial -> !trial.beginsToExport())
        .filter(trial -> ALL.stream().noneMatch(one -> one.row.equals(trial.row + " --yes")))
        .toList();
  }

  /** In the order of the table. */
  List<Permission> needed() {
    return LeastPermissions.of(row);
  }

  /** The name of the job whose topics, group and ids it has for itself. */
  String job() {
    return "t" + ALL.indexOf(this);
  }

  List<String> words(JobBelongings job) {
    List<String> words = new ArrayList<>(words(row));
    more.forEach(word -> words.add(word.formatted(job.job())));
    return words;
  }

  /** Brokers only leave out what may not be seen, so that a list is a list. */
  int exitCodeWithout() {
    return row.equals("transactions list") ? 0 : 1;
  }

  /** Whether it is a job that finds out by itself, perhaps after its first checkpoint. */
  boolean beginsToExport() {
    return more.contains("preflight.enabled=false");
  }

  /** Whether it creates the topic that it needs, even if the next step then fails. */
  boolean createsFirst() {
    return row.endsWith(" --create");
  }

  /**
   * @param run as a user who may do everything
   */
  void prepare(JobBelongings job, CommandRun run) throws Exception {
    for (State one : new LinkedHashSet<>(List.of(State.values()))) {
      if (!state.contains(one)) {
        continue;
      }
      switch (one) {
        case TOPICS -> must(run, "topics create --partitions 1");
        case CONFIG -> must(run, "keys publish " + SAMPLES + "/user.yaml");
        case CONFIGS -> must(run, "keys publish " + SAMPLES);
        case EVENT -> must(run, "produce --count 1 --topic " + Resource.INPUT.name(job.job()));
        case EVENTS -> {
          must(run, "produce --count 1 --topic " + Resource.INPUT.name(job.job()));
          job.send(Resource.INPUT, new byte[] {1, 2, 3});
        }
        case RECORD -> job.send(Resource.OUTPUT, new byte[] {0});
        case LETTER -> job.sendLetter();
        case OFFSETS -> job.commitOffset();
        case OPEN_TRANSACTION -> job.openTransaction();
      }
    }
  }

  private static void must(CommandRun run, String words) {
    CommandRun.Outcome outcome = run.command(words(words));
    assertThat(outcome.exitCode()).as(words + outcome).isZero();
  }

  @Override
  public String toString() {
    return row + " " + String.join(" ", more);
  }
}
