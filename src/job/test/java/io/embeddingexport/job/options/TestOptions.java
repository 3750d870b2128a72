package io.embeddingexport.job.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;

/** Options that name all that is required, and no more. */
public final class TestOptions {

  public static Configuration minimal(Path directory) throws IOException {
    Path keys =
        Files.writeString(
            directory.resolve("keys.yaml"),
            """
            model: user
            version: 1
            keys:
              - {name: embedding, key: 42, dtype: FLOAT, shape: [4]}
            """);
    Configuration options = new Configuration();
    options.setString("kafka.bootstrap-servers", "localhost:9092");
    options.setString("input.topic", "events");
    options.setString("output.topic", "records");
    options.setString("dead-letter.topic", "dead-letters");
    options.setString("key-config.files", keys.toString());
    return options;
  }

  private TestOptions() {}
}
