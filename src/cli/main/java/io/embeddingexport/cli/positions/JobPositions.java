package io.embeddingexport.cli.positions;

import io.embeddingexport.cli.clients.BrokerTopics;
import io.embeddingexport.cli.clients.ClientOptions;
import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.clients.JobArgumentOptions;
import io.embeddingexport.job.options.FlinkDefaults;
import io.embeddingexport.job.options.InvalidOptionsException;
import io.embeddingexport.job.options.JobSettings;
import io.embeddingexport.kafka.positions.JobAccess;
import io.embeddingexport.kafka.positions.PositionEditor;
import io.embeddingexport.kafka.positions.RunIdentity;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Mixin;

/** The options that identify the positions and the connection settings, as in the job. */
public final class JobPositions {

  @Mixin private JobArgumentOptions job = new JobArgumentOptions();

  /** Reads the job's options. */
  JobSettings load() throws InvalidOptionsException {
    return JobSettings.of(job.arguments().options());
  }

  /**
   * Connects to a job's positions, as a separate run.
   *
   * @param access what the caller does with them
   * @return the caller closes it
   * @throws CommandException if no broker answers, or a topic does not exist or may not be seen
   */
  public static PositionEditor open(JobSettings settings, JobAccess access)
      throws CommandException, InterruptedException {
    List<String> topics = new ArrayList<>(settings.source().topics());
    if (settings.keyConfigTopic() != null) {
      topics.add(settings.keyConfigTopic().topic());
    }
    ClientOptions client = new ClientOptions();
    client.setDefaults(settings.source().bootstrapServers(), settings.source().properties());
    try (BrokerTopics there = new BrokerTopics(client)) {
      there.partitions(topics, access.topics());
    }
    return new PositionEditor(
        settings.positions(
            RunIdentity.create(), FlinkDefaults.inForce(new Configuration(), settings.flink())),
        settings.starts(),
        access);
  }
}
