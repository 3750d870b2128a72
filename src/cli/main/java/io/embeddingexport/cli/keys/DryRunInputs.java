package io.embeddingexport.cli.keys;

import io.embeddingexport.cli.clients.ClientOptions;
import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.clients.TopicFollower;
import io.embeddingexport.cli.clients.TopicReader;
import io.embeddingexport.cli.console.StopSignal;
import io.embeddingexport.text.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The inputs that new key configs are tried on. */
sealed interface DryRunInputs {

  /** The first line of the command's output: what is read, and that nothing is published. */
  String announcement(List<String> topics);

  /** The title of the result. */
  String title(long inputs, List<String> topics);

  /** Passes each on. */
  void read(
      ClientOptions client, List<String> topics, Consumer<ConsumerRecord<byte[], byte[]>> inputs)
      throws CommandException, InterruptedException;

  /**
   * The last inputs.
   *
   * @param count of all topics together, split evenly
   */
  record Last(long count) implements DryRunInputs {
    @Override
    public String announcement(List<String> topics) {
      return "dry run: nothing is published";
    }

    @Override
    public String title(long inputs, List<String> topics) {
      return String.format(
          Locale.ROOT, "the last %,d inputs of %s:", inputs, String.join(", ", topics));
    }

    @Override
    public void read(
        ClientOptions client, List<String> topics, Consumer<ConsumerRecord<byte[], byte[]>> inputs)
        throws CommandException, InterruptedException {
      long each = (count + topics.size() - 1) / topics.size();
      for (String topic : topics) {
        new TopicReader(client, ConfigTopicOptions.CLIENT, topic).last(each, inputs);
      }
    }
  }

  /**
   * A share of the inputs that come from now on: a canary.
   *
   * @param time how long they are followed; a signal ends it before
   * @param most inputs after which they are no longer followed
   */
  record Live(SampleShare share, Duration time, long most) implements DryRunInputs {
    @Override
    public String announcement(List<String> topics) {
      return "canary: nothing is published; %s of the inputs of %s are tried for %s"
          .formatted(share, String.join(", ", topics), DurationText.of(time));
    }

    @Override
    public String title(long inputs, List<String> topics) {
      return String.format(
          Locale.ROOT,
          "%,d inputs, %s of what came to %s:",
          inputs,
          share,
          String.join(", ", topics));
    }

    @Override
    public void read(
        ClientOptions client, List<String> topics, Consumer<ConsumerRecord<byte[], byte[]>> inputs)
        throws CommandException, InterruptedException {
      try (StopSignal stop = StopSignal.install()) {
        new TopicFollower(client, ConfigTopicOptions.CLIENT, topics)
            .follow(share::has, time, most, stop::isAsked, inputs);
      }
    }
  }
}
