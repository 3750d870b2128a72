package io.embeddingexport.cli.trial;

import io.embeddingexport.cli.clients.ClientOptions;
import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.clients.TopicReader;
import io.embeddingexport.export.KeyConfigs;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigMessage;
import io.embeddingexport.keys.KeyConfigUpdate;
import java.util.List;

/** The key configs that a job would have in force if it started now. */
public final class ConfigsInForce {

  /**
   * Reads a key-config topic.
   *
   * @param files the key configs of files; of two of one model, the greater version is in force
   */
  public static KeyConfigs read(List<KeyConfig> files, String topic, ClientOptions client)
      throws CommandException, InterruptedException {
    KeyConfigs configs = KeyConfigs.of(files);
    new TopicReader(client, "embedding-export-key-configs", topic)
        .all(
            message -> {
              // A refused one leaves the one before in force, as in the job.
              if (KeyConfigMessage.decode(topic, message.key(), message.value())
                  instanceof KeyConfigUpdate update) {
                configs.apply(update);
              }
            });
    return configs;
  }

  private ConfigsInForce() {}
}
