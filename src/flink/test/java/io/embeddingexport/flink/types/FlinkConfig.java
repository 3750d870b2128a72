package io.embeddingexport.flink.types;

import java.net.URISyntaxException;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;

/** A {@code config.yaml} of the test resources, read by Flink's own parser. */
public final class FlinkConfig {

  /**
   * @param directory under {@code src/flink/test/resources/flink}
   */
  public static Configuration load(String directory) {
    try {
      Path file =
          Path.of(FlinkConfig.class.getResource("/flink/" + directory + "/config.yaml").toURI());
      return GlobalConfiguration.loadConfiguration(file.getParent().toString());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private FlinkConfig() {}
}
