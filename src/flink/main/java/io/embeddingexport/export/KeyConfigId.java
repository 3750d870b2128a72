package io.embeddingexport.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.flink.annotation.PublicEvolving;

/**
 * Identifies the key config of a record. Made once per version. Immutable if its array is left
 * alone; thread-safe.
 */
@PublicEvolving
public final class KeyConfigId {
  private final String model;
  private final long version;
  private final byte[] originPrefix;

  public KeyConfigId(String model, long version) {
    this.model = model;
    this.version = version;
    originPrefix = (model + '@' + version + ' ').getBytes(UTF_8);
  }

  public String model() {
    return model;
  }

  public long version() {
    return version;
  }

  /**
   * {@code model@version} and a space, in UTF-8: the start of a record's origin. Must not be
   * changed.
   */
  public byte[] originPrefix() {
    return originPrefix;
  }
}
