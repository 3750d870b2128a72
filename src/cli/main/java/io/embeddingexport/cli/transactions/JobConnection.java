package io.embeddingexport.cli.transactions;

import io.embeddingexport.cli.clients.BrokerTopics;
import io.embeddingexport.cli.clients.ClientOptions;
import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.clients.KafkaClients;
import io.embeddingexport.job.options.InvalidOptionsException;
import io.embeddingexport.job.options.JobOptions;
import io.embeddingexport.kafka.transactions.JobTransactions;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Mixin;

/**
 * The options that identify the job's brokers and the connection settings, as in the job's sink.
 */
final class JobConnection {
  /** Timeout of each request to the brokers. */
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  @Mixin private ClientOptions client = new ClientOptions();

  private Configuration options = new Configuration();

  /** Reads the job's options and opens a client; the caller closes it. */
  Admin open() throws InvalidOptionsException, CommandException, InterruptedException {
    options = client.load(JobOptions.CLIENT_PREFIX, JobOptions.SINK_PREFIX).wellFormed();
    try (BrokerTopics brokers = new BrokerTopics(client)) {
      brokers.require();
    }
    return KafkaClients.admin(client, "embedding-export-transactions");
  }

  /** The ids of the job's sink. Call {@link #open} before. */
  JobTransactions ofJob() {
    // The default is the job's own.
    return new JobTransactions(
        options
            .getOptional(JobOptions.OUTPUT_TRANSACTIONAL_ID_PREFIX)
            .orElse(options.get(JobOptions.JOB_NAME) + '.'));
  }

  /** The brokers' addresses. Call {@link #open} before. */
  String servers() {
    return client.bootstrapServers();
  }
}
