package io.embeddingexport.job.options;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.input.InputText;
import io.embeddingexport.export.ExportLimits;
import io.embeddingexport.flink.ExportFunction;
import io.embeddingexport.flink.RejectLimit;
import io.embeddingexport.kafka.ReadPosition;
import io.embeddingexport.kafka.SourceSettings;
import io.embeddingexport.kafka.keyconfig.KeyConfigTopicSettings;
import io.embeddingexport.kafka.sink.HeaderNames;
import io.embeddingexport.kafka.sink.OutputPartitions;
import io.embeddingexport.kafka.sink.OutputTopics;
import io.embeddingexport.kafka.sink.SinkSettings;
import io.embeddingexport.keys.KeyConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.internals.Topic;
import org.jspecify.annotations.Nullable;

/** Reads {@link JobSettings} from options, and collects the problems. */
final class SettingsReader {
  private final JobConfiguration given;
  private final Configuration options;
  private final List<String> problems;
  private final OptionReader values;

  SettingsReader(JobConfiguration given) {
    this.given = given;
    this.options = given.values();
    this.problems = new ArrayList<>(given.problems());
    this.values = new OptionReader(given, problems);
  }

  JobSettings read() throws InvalidOptionsException {
    problems.addAll(OptionNames.unknown(given));
    String servers = values.required(JobOptions.BOOTSTRAP_SERVERS, "");
    InputFiles files = inputFiles();
    List<String> inputs = inputTopics(files);
    String name = values.get(JobOptions.JOB_NAME);
    List<KeyConfig> keyConfigs = keyConfigs();
    SourceSettings source = source(servers, name, inputs);
    OutputTopics topics = topics(inputs, keyConfigs);
    JobSettings settings =
        new JobSettings(
            name,
            source,
            sink(servers, name, topics),
            inputs(files),
            limits(),
            models(keyConfigs),
            keyConfigs,
            keyConfigTopic(source, topics),
            values.get(JobOptions.DEAD_LETTER_KEY_CONFIGS),
            values.timeout(JobOptions.KEY_CONFIG_WAIT_TIMEOUT, 0),
            sampleEvery(),
            rejectLimit(),
            JobSettings.flinkOptions(options),
            preflightTimeout(),
            MaskedOptions.of(options),
            null);
    if (problems.isEmpty()) {
      ClientProperties.validateTogether(settings, problems);
    }
    refuseProblems();
    return settings;
  }

  /** Reads nothing but the limits. */
  ExportLimits readLimits() throws InvalidOptionsException {
    ExportLimits limits = limits();
    refuseProblems();
    return limits;
  }

  /** Reads nothing but how events are sent. */
  List<InputText> readInputs() throws InvalidOptionsException {
    List<InputText> inputs = inputs(inputFiles());
    refuseProblems();
    return inputs;
  }

  /** Reads nothing but how events are sent, and the topics they are on. */
  InputFiles readInputFiles() throws InvalidOptionsException {
    InputFiles files = inputFiles();
    inputTopics(files);
    inputs(files);
    refuseProblems();
    return files;
  }

  /** Reads nothing but the input topics. */
  List<String> readInputTopics() throws InvalidOptionsException {
    List<String> topics = inputFiles().topics();
    refuseProblems();
    return topics.isEmpty() ? values.get(JobOptions.INPUT_TOPIC, List.of()) : topics;
  }

  private InputFiles inputFiles() {
    if (options.contains(JobOptions.INPUT_MAPPING) && options.contains(JobOptions.INPUT_FORMAT)) {
      values.problem(
          JobOptions.INPUT_FORMAT,
          values.get(JobOptions.INPUT_FORMAT),
          "is said by " + JobOptions.INPUT_MAPPING.key() + " too; remove it");
    }
    return InputFiles.read(values.get(JobOptions.INPUT_MAPPING, List.of()), problems);
  }

  /** How events are sent: as the files say, or in our own form. */
  private List<InputText> inputs(InputFiles files) {
    EventFormat format = values.get(JobOptions.INPUT_FORMAT);
    if (format != EventFormat.THRIFT && format != EventFormat.JSON) {
      values.problem(
          JobOptions.INPUT_FORMAT,
          format,
          "needs a mapping; name its file in " + JobOptions.INPUT_MAPPING.key());
      format = EventFormat.THRIFT;
    }
    return files.texts().isEmpty() ? List.of(InputText.of(format)) : files.texts();
  }

  private List<String> inputTopics(InputFiles files) {
    if (!files.topics().isEmpty()) {
      if (options.contains(JobOptions.INPUT_TOPIC)) {
        values.problem(
            JobOptions.INPUT_TOPIC,
            values.get(JobOptions.INPUT_TOPIC, List.of()),
            "the mapping files name topics; remove it, or their topics");
      }
      if (files.withoutTopics() > 0) {
        problems.add(
            JobOptions.INPUT_MAPPING.key()
                + ": some files name topics and some do not; name topics in all");
      }
      return files.topics();
    }
    if (files.withoutTopics() > 1) {
      problems.add(
          JobOptions.INPUT_MAPPING.key() + ": several files; name the topics of each in it");
    }
    List<String> inputs = values.required(JobOptions.INPUT_TOPIC, List.of());
    if (options.contains(JobOptions.INPUT_TOPIC) && inputs.isEmpty()) {
      values.problem(JobOptions.INPUT_TOPIC, "[]", "name a topic");
    }
    inputs.forEach(topic -> topic(JobOptions.INPUT_TOPIC, topic));
    if (new HashSet<>(inputs).size() < inputs.size()) {
      values.problem(JobOptions.INPUT_TOPIC, inputs, "names a topic twice; remove one");
    }
    return inputs;
  }

  private void refuseProblems() throws InvalidOptionsException {
    if (!problems.isEmpty()) {
      throw new InvalidOptionsException(problems);
    }
  }

  private SourceSettings source(String servers, String name, List<String> inputs) {
    Map<String, String> properties = new HashMap<>(ClientProperties.ofSource(given, problems));
    JobOptions.Isolation isolation = values.get(JobOptions.INPUT_ISOLATION);
    properties.put("isolation.level", isolation.name().toLowerCase(Locale.ROOT));
    return new SourceSettings(
        servers,
        inputs,
        options.getOptional(JobOptions.INPUT_GROUP_ID).orElse(name),
        position(JobOptions.INPUT_FROM, inputs, ReadPosition::from, new ReadPosition.Earliest()),
        values.get(JobOptions.INPUT_FROM_REQUIRED),
        position(JobOptions.INPUT_UNTIL, inputs, ReadPosition::until, null),
        values.timeout(JobOptions.INPUT_DISCOVERY_INTERVAL, 1),
        properties);
  }

  private SinkSettings sink(String servers, String name, OutputTopics topics) {
    List<String> forward = values.get(JobOptions.OUTPUT_FORWARD_HEADERS);
    for (String header : forward) {
      if (header.startsWith(HeaderNames.PREFIX)) {
        values.problem(
            JobOptions.OUTPUT_FORWARD_HEADERS,
            header,
            "names that start with %s are reserved for the export; remove it"
                .formatted(HeaderNames.PREFIX));
      }
    }
    return new SinkSettings(
        servers,
        topics,
        values.get(JobOptions.OUTPUT_PARTITIONS),
        values.get(JobOptions.OUTPUT_DELIVERY_GUARANTEE),
        options.getOptional(JobOptions.OUTPUT_TRANSACTIONAL_ID_PREFIX).orElse(name + '.'),
        options.contains(JobOptions.OUTPUT_TRANSACTION_TIMEOUT)
            ? values.timeout(JobOptions.OUTPUT_TRANSACTION_TIMEOUT, 1)
            : null,
        forward,
        ClientProperties.ofSink(given, problems));
  }

  /**
   * An unknown model is a mistake if no key configs can arrive later: all events would be skipped.
   */
  private List<String> models(List<KeyConfig> keyConfigs) {
    List<String> models = values.get(JobOptions.EXPORT_MODELS);
    if (!options.contains(JobOptions.KEY_CONFIG_TOPIC)) {
      Set<String> known = keyConfigs.stream().map(KeyConfig::model).collect(Collectors.toSet());
      for (String model : models) {
        if (!known.contains(model)) {
          values.problem(
              JobOptions.EXPORT_MODELS,
              model,
              "no key config has that model; correct the name, or add its key config");
        }
      }
    }
    return models;
  }

  private List<KeyConfig> keyConfigs() {
    if (!options.contains(JobOptions.KEY_CONFIG_FILES)
        && !options.contains(JobOptions.KEY_CONFIG_TOPIC)) {
      problems.add(
          "%s: is required without %s; name files of key configs, or their topic"
              .formatted(JobOptions.KEY_CONFIG_FILES.key(), JobOptions.KEY_CONFIG_TOPIC.key()));
    }
    return KeyConfigFiles.read(values.get(JobOptions.KEY_CONFIG_FILES, List.of()), problems);
  }

  private @Nullable KeyConfigTopicSettings keyConfigTopic(
      SourceSettings source, OutputTopics topics) {
    Duration startTimeout = values.timeout(JobOptions.KEY_CONFIG_START_TIMEOUT, 1);
    String topic = values.get(JobOptions.KEY_CONFIG_TOPIC, "");
    if (!options.contains(JobOptions.KEY_CONFIG_TOPIC)) {
      return null;
    }
    topic(JobOptions.KEY_CONFIG_TOPIC, topic);
    Set<String> notForRecords = new HashSet<>(source.topics());
    notForRecords.add(topics.deadLetters());
    if (!topic.isEmpty() && (notForRecords.contains(topic) || topics.records().equals(topic))) {
      values.problem(
          JobOptions.KEY_CONFIG_TOPIC,
          topic,
          "is also the job's input, output or dead-letter topic; use a separate topic for key"
              + " configs");
    }
    return new KeyConfigTopicSettings(
        source.bootstrapServers(),
        topic,
        source.groupId(),
        startTimeout,
        source.properties(),
        notForRecords,
        values.get(JobOptions.OUTPUT_PARTITIONS) == OutputPartitions.AS_INPUT
            ? source.topics()
            : List.of());
  }

  private OutputTopics topics(List<String> inputs, List<KeyConfig> keyConfigs) {
    String records = outputTopic(JobOptions.OUTPUT_TOPIC, inputs);
    String deadLetters = outputTopic(JobOptions.DEAD_LETTER_TOPIC, inputs);
    if (!records.isEmpty() && records.equals(deadLetters)) {
      values.problem(
          JobOptions.DEAD_LETTER_TOPIC,
          deadLetters,
          "is also " + JobOptions.OUTPUT_TOPIC.key() + "; use a separate topic for dead letters");
    }
    for (KeyConfig config : keyConfigs) {
      String topic = config.outputTopic();
      if (topic == null) {
        continue;
      }
      if (inputs.contains(topic)
          || deadLetters.equals(topic)
          || values.get(JobOptions.KEY_CONFIG_TOPIC, "").equals(topic)) {
        problems.add(
            "key config of model '%s': output topic %s is the job's input, dead-letter or key-config topic; name another"
                .formatted(config.model(), topic));
      }
    }
    return new OutputTopics(records, deadLetters, values.get(JobOptions.OUTPUT_SINGLE_TOPIC));
  }

  private String outputTopic(ConfigOption<String> option, List<String> inputs) {
    String topic = values.required(option, "");
    if (options.contains(option)) {
      topic(option, topic);
    }
    if (inputs.contains(topic)) {
      values.problem(option, topic, "is also an input topic; name another");
    }
    return topic;
  }

  private void topic(ConfigOption<?> option, String topic) {
    try {
      Topic.validate(topic);
    } catch (InvalidTopicException e) {
      values.problem(
          option, topic, "is not a valid topic name: use letters, digits, '.', '_' and '-'");
    }
  }

  private <T extends @Nullable ReadPosition> T position(
      ConfigOption<String> option,
      List<String> topics,
      BiFunction<String, List<String>, T> parse,
      T otherwise) {
    String text = values.get(option);
    try {
      return parse.apply(text, topics);
    } catch (IllegalArgumentException e) {
      values.problem(option, text, e.getMessage());
      return otherwise;
    }
  }

  private @Nullable Duration preflightTimeout() {
    Duration timeout = values.timeout(JobOptions.PREFLIGHT_TIMEOUT, 1);
    return values.get(JobOptions.PREFLIGHT_ENABLED) ? timeout : null;
  }

  private int sampleEvery() {
    return (int)
        values.whole(
            JobOptions.METRICS_SAMPLE_EVERY,
            0,
            ExportFunction.MAX_SAMPLE_EVERY,
            "must be 1 to " + ExportFunction.MAX_SAMPLE_EVERY + ", or 0 to measure nothing");
  }

  private @Nullable RejectLimit rejectLimit() {
    int percent =
        (int)
            values.whole(
                JobOptions.REJECT_BRAKE_PERCENT,
                0,
                99,
                "must be 1 to 99, or 0 to allow any number");
    long minInputs =
        values.whole(JobOptions.REJECT_BRAKE_MIN_INPUTS, 1, Long.MAX_VALUE, "must be 1 or more");
    return percent == 0 ? null : new RejectLimit(percent, minInputs);
  }

  private ExportLimits limits() {
    return new ExportLimits(
        values.bytes(JobOptions.EVENT_MAX_BYTES), values.bytes(JobOptions.RECORD_MAX_BYTES));
  }
}
