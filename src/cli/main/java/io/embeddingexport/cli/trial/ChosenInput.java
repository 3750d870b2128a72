package io.embeddingexport.cli.trial;

import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.event.input.EventInput;
import io.embeddingexport.event.input.InputText;
import io.embeddingexport.event.input.InvalidInputException;
import io.embeddingexport.job.options.InputFiles;
import io.embeddingexport.job.options.InvalidOptionsException;
import io.embeddingexport.job.options.JobConfiguration;
import io.embeddingexport.job.options.JobOptions;
import io.embeddingexport.job.options.JobSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The description of a topic's events that a person names.
 *
 * @param files contents of the files that it names; must not be changed
 */
public record ChosenInput(EventInput input, Map<String, byte[]> files) {
  public ChosenInput {
    files = Map.copyOf(files);
  }

  /**
   * The mapping of a file, whatever topics it is for; else what the job says of the topic; null if
   * the job says nothing.
   *
   * @param mapping null: no file
   * @throws CommandException with every problem of the file, or if the job has none for the topic
   */
  public static @Nullable ChosenInput find(
      @Nullable String mapping, JobConfiguration job, String topic)
      throws CommandException, InvalidOptionsException, InvalidInputException {
    if (mapping != null) {
      List<String> problems = new ArrayList<>();
      InputFiles files = InputFiles.read(List.of(mapping), problems);
      CommandException.throwIfAny(problems);
      InputText text = files.texts().get(0);
      return new ChosenInput(text.parse(), text.files());
    }
    Configuration options = job.values();
    if (!options.contains(JobOptions.INPUT_MAPPING) && !options.contains(JobOptions.INPUT_FORMAT)) {
      return null;
    }
    List<String> topics = new ArrayList<>();
    for (InputText text : JobSettings.inputs(job)) {
      EventInput input = text.parse();
      if (input.topics().isEmpty() || input.topics().contains(topic)) {
        return new ChosenInput(input, text.files());
      }
      topics.addAll(input.topics());
    }
    throw new CommandException(
        "no mapping of the job is for topic '%s', only for %s; name one with --mapping FILE"
            .formatted(topic, String.join(", ", topics)));
  }
}
