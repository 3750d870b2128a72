package io.embeddingexport.job.options;

import io.embeddingexport.kafka.ClientDefaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;

/** Generates {@code docs/configuration.md} from {@link JobOptions}. */
public final class OptionsDocumentation {
  private static final Map<ConfigOption<?>, String> DEFAULTS_IN_WORDS =
      Map.of(
          JobOptions.INPUT_TOPIC, "required, unless `input.mapping` names topics",
          JobOptions.INPUT_MAPPING, "none",
          JobOptions.INPUT_GROUP_ID, "the job's name",
          JobOptions.OUTPUT_TRANSACTIONAL_ID_PREFIX, "the job's name and `.`",
          JobOptions.OUTPUT_TRANSACTION_TIMEOUT, "computed",
          JobOptions.KEY_CONFIG_FILES, "none; required without `key-config.topic`",
          JobOptions.KEY_CONFIG_TOPIC, "none");

  /** Writes the page to the file named by the first argument. */
  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[0]), page());
  }

  public static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Configuration

            <!-- Generated from JobOptions; do not edit. Regenerate it with: bin/embedding-export options > docs/configuration.md -->

            The job takes its options from one YAML file (`--config FILE`), with names nested or dotted, and from the
            command line (`--set name=value`, which wins over the file; `--from` sets `input.from` and
            `input.from-required`, `--until` sets `input.until`). [etc/embedding-export.yaml](../etc/embedding-export.yaml)
            is an example to start from.

            The file is read strictly. A value is taken as it is written. A number that YAML would read differently (`0755`,
            `1.10`, `1e3`) must be in quotes. Unknown names, aliases and a second document are refused. All problems are
            reported at once with their lines, before anything starts.

            Sizes take units (`1 mb`, `64 kb`; the default is bytes), and so do durations (`10 min`, `30 s`; the default is
            milliseconds). A list is a YAML list, or `a;b` on the command line.

            ## Options of the job

            | option | default | what it does |
            |---|---|---|
            """);
    for (ConfigOption<?> option : JobOptions.ALL) {
      page.append("| `%s` | %s | %s |%n".formatted(option.key(), value(option), text(option)));
    }
    page.append(
        """

        ## Kafka client properties

        `%s*` goes to every client of the job (for example security), `%s*` to its consumers, `%s*` to its
        producers. A name that Kafka does not know is refused unless `allow-unknown` allows it. A value that the client
        would refuse is refused as well. A property that the job must set itself is refused, and the error names the
        option to use instead. Kafka's config providers resolve placeholders such as
        `${file:/run/secrets/kafka:password}` where the clients run.

        The job's defaults:

        | property | value |
        |---|---|
        """
            .formatted(JobOptions.CLIENT_PREFIX, JobOptions.SOURCE_PREFIX, JobOptions.SINK_PREFIX));
    rows(page, JobOptions.SOURCE_PREFIX, ClientDefaults.SOURCE);
    rows(page, JobOptions.SINK_PREFIX, ClientDefaults.SINK);
    page.append(
        """

        ## Flink options

        Any Flink option can be set under `%s`: `flink.parallelism.default: 4`. It wins over the cluster's configuration. A
        name that Flink does not know is refused unless `allow-unknown` allows it. The job sets these unless its options
        or the cluster's configuration do:

        | option | value |
        |---|---|
        """
            .formatted(JobOptions.FLINK_PREFIX));
    rows(page, JobOptions.FLINK_PREFIX, FlinkDefaults.defaults(new Configuration()).toMap());
    page.append(
        """

        With a checkpoint directory (`flink.execution.checkpointing.dir`), checkpoints are kept when the job is
        cancelled.
        """);
    return page.toString();
  }

  private static void rows(StringBuilder page, String prefix, Map<String, String> values) {
    new TreeMap<>(values)
        .forEach(
            (name, value) -> page.append("| `%s%s` | `%s` |%n".formatted(prefix, name, value)));
  }

  private static String value(ConfigOption<?> option) {
    Object value = option.defaultValue();
    if (value == null) {
      return DEFAULTS_IN_WORDS.getOrDefault(option, "required");
    }
    if (value instanceof List<?> list && list.isEmpty()) {
      return "none";
    }
    if (value instanceof Enum<?> constant) {
      return code(
          constant
              .name()
              .toLowerCase(Locale.ROOT)
              .replace('_', constant instanceof JobOptions.Isolation ? '_' : '-'));
    }
    if (value instanceof java.time.Duration duration) {
      return code(TimeUtils.formatWithHighestUnit(duration));
    }
    return code(value instanceof MemorySize size ? size.getBytes() + " bytes" : value.toString());
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static String text(ConfigOption<?> option) {
    return new HtmlFormatter().format(option.description());
  }

  private OptionsDocumentation() {}
}
