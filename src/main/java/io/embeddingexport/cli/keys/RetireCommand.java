package io.embeddingexport.cli.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.cli.clients.ErrorLine;
import io.embeddingexport.kafka.sink.HeaderNames;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.text.SafeText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keys retire}: withdraws the key configs of models. */
@Command(
    name = "retire",
    mixinStandardHelpOptions = true,
    description = {
      "Withdraw the key configs of models: all of them, or none if one is refused.",
      "Events of a retired model become dead letters (model-retired) until a greater version is"
          + " published. It does not ask for confirmation."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:all are retired",
      "1:one is unknown or retired already, or the topic cannot be read or written; none is retired",
      "2:wrong usage"
    })
public final class RetireCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigTopicOptions options;

  @Parameters(paramLabel = "MODEL", arity = "1..*", description = "Models to retire.")
  private Set<String> models = new LinkedHashSet<>();

  @Override
  public Integer call() throws Exception {
    options.load();
    options.requireCompacted();
    // Opened before the topic is read, so nobody can publish in between.
    try (TopicWriter writer = TopicWriter.open(options.client(), options.topic())) {
      TopicContents contents = options.contents();
      return isRefused(contents) ? 1 : retire(contents, writer);
    }
  }

  private boolean isRefused(TopicContents contents) {
    List<String> refusals = new ArrayList<>();
    for (String model : models) {
      String refusal = refusal(model, contents);
      if (refusal != null) {
        refusals.add(refusal);
      }
    }
    refusals.forEach(refusal -> ErrorLine.print(spec, "refused: " + refusal));
    if (!refusals.isEmpty()) {
      ErrorLine.print(spec, "nothing is retired");
    }
    return !refusals.isEmpty();
  }

  private @Nullable String refusal(String model, TopicContents contents) {
    LiveModel standing = contents.model(model);
    if (standing == null) {
      return UnknownModel.text(model, contents, options.topic());
    }
    return standing.entry() instanceof KeyConfig
        ? null
        : "model "
            + SafeText.quoted(model)
            + " is retired already, since "
            + standing.place().time()
            + " ("
            + standing.place()
            + ")";
  }

  private int retire(TopicContents contents, TopicWriter writer) throws Exception {
    List<LiveModel> retired = models.stream().map(contents::model).toList();
    List<RecordMetadata> written = writer.write(retired.stream().map(this::tombstone).toList());
    PrintWriter out = spec.commandLine().getOut();
    for (int i = 0; i < written.size(); i++) {
      RecordMetadata at = written.get(i);
      out.println(
          "retired: model %s, at %s %d@%d; its events become dead letters (model-retired) until a version greater than %d is published"
              .formatted(
                  SafeText.quoted(retired.get(i).entry().model()),
                  at.topic(),
                  at.partition(),
                  at.offset(),
                  retired.get(i).entry().version()));
    }
    out.flush();
    return 0;
  }

  /** Goes to the partition of the config it ends, since order holds only there. */
  private ProducerRecord<byte[], byte[]> tombstone(LiveModel standing) {
    ProducerRecord<byte[], byte[]> message =
        new ProducerRecord<>(
            options.topic(),
            standing.place().partition(),
            standing.entry().model().getBytes(UTF_8),
            null);
    message
        .headers()
        .add(
            HeaderNames.KEY_CONFIG_VERSION,
            Long.toString(standing.entry().version()).getBytes(UTF_8));
    return message;
  }
}
