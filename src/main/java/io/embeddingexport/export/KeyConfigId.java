package io.embeddingexport.export;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Names the key config that records are written under, as text that goes out with each of them.
 * Made once a version. Immutable, if its arrays are left alone; thread-safe.
 */
public final class KeyConfigId {
  private final String model;
  private final long version;
  private final byte[] modelUtf8;
  private final byte[] versionUtf8;

  public KeyConfigId(String model, long version) {
    this.model = model;
    this.version = version;
    modelUtf8 = model.getBytes(UTF_8);
    versionUtf8 = Long.toString(version).getBytes(UTF_8);
  }

  public String model() {
    return model;
  }

  public long version() {
    return version;
  }

  /** The model; not to be changed. */
  public byte[] modelUtf8() {
    return modelUtf8;
  }

  /** The version in decimal; not to be changed. */
  public byte[] versionUtf8() {
    return versionUtf8;
  }
}
