package io.embeddingexport.cli.samples;

import io.embeddingexport.keys.InvalidKeyConfigException;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/** The key configs of {@code etc/samples}, from the class path. */
public final class SampleKeyConfigs {

  /** Models user, item and query. */
  public static List<KeyConfig> all() {
    return Stream.of("user", "item", "query").map(model -> read("keys/" + model)).toList();
  }

  /** The next version of model user, which events by name for the first one fit too. */
  public static KeyConfig nextUser() {
    return read("next/user");
  }

  private static KeyConfig read(String name) {
    String resource = "/samples/" + name + ".yaml";
    try (InputStream in = SampleKeyConfigs.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            resource + " is not on the class path; build with mvn process-classes");
      }
      return KeyConfigParser.parse(resource, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InvalidKeyConfigException e) {
      throw new IllegalStateException(e);
    }
  }

  private SampleKeyConfigs() {}
}
