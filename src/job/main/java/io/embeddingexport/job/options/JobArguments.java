package io.embeddingexport.job.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The job's command line.
 *
 * @param config options file; null: none
 * @param sets {@code key=value} each; override the file's
 */
public record JobArguments(@Nullable Path config, List<String> sets) {

  public JobArguments {
    sets = List.copyOf(sets);
  }

  /**
   * Reads {@code --config FILE}, {@code --set key=value} (any number), {@code --from POSITION} and
   * {@code --until POSITION}; {@code --name=value} works too.
   *
   * @throws InvalidOptionsException naming every other argument
   */
  public static JobArguments parse(String... args) throws InvalidOptionsException {
    Path config = null;
    String from = null;
    String until = null;
    List<String> sets = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      int equals = args[i].startsWith("--") ? args[i].indexOf('=') : -1;
      String name = equals < 0 ? args[i] : args[i].substring(0, equals);
      if (!List.of("--config", "--set", "--from", "--until").contains(name)) {
        problems.add(name + ": unknown argument; use --config, --set, --from or --until");
        continue;
      }
      if (equals < 0 && i + 1 == args.length) {
        problems.add(name + ": needs a value");
        continue;
      }
      String value = equals < 0 ? args[++i] : args[i].substring(equals + 1);
      switch (name) {
        case "--config" -> config = Path.of(value);
        case "--set" -> sets.add(value);
        case "--from" -> from = value;
        default -> until = value;
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidOptionsException(problems);
    }
    return new JobArguments(config, sets).from(from).until(until);
  }

  /**
   * Adds {@code --from}: the job must start there.
   *
   * @param position null: not given
   */
  public JobArguments from(@Nullable String position) {
    return position == null
        ? this
        : with(JobOptions.INPUT_FROM.key() + '=' + position)
            .with(JobOptions.INPUT_FROM_REQUIRED.key() + "=true");
  }

  /**
   * Adds {@code --until}.
   *
   * @param position null: not given
   */
  public JobArguments until(@Nullable String position) {
    return position == null ? this : with(JobOptions.INPUT_UNTIL.key() + '=' + position);
  }

  /**
   * Adds one more {@code --set}.
   *
   * @param set {@code key=value}
   */
  public JobArguments with(String set) {
    List<String> all = new ArrayList<>(sets);
    all.add(set);
    return new JobArguments(config, all);
  }

  /** The options from these arguments; values are not checked. */
  public JobConfiguration options() {
    return JobConfiguration.read(config, sets);
  }
}
