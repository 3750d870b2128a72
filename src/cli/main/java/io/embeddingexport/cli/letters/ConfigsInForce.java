package io.embeddingexport.cli.letters;

import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.export.KeyConfigs;
import io.embeddingexport.job.options.JobSettings;
import io.embeddingexport.keys.KeyConfigMessage;
import io.embeddingexport.keys.KeyConfigUpdate;

/** The key configs that a job would have in force if it started now: of its files and its topic. */
final class ConfigsInForce {

  static KeyConfigs of(JobSettings job, LetterTopic brokers)
      throws CommandException, InterruptedException {
    KeyConfigs configs = KeyConfigs.of(job.keyConfigs());
    if (job.keyConfigTopic() != null) {
      String topic = job.keyConfigTopic().topic();
      brokers.messages(
          topic,
          message -> {
            // A refused one leaves the one before in force, as in the job.
            if (KeyConfigMessage.decode(topic, message.key(), message.value())
                instanceof KeyConfigUpdate update) {
              configs.apply(update);
            }
          });
    }
    return configs;
  }

  private ConfigsInForce() {}
}
