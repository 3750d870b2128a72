package io.embeddingexport.chaos.ledger;

/**
 * A key config as a chaos run publishes it: one tensor, {@code vector}, whose key depends on model
 * and version, so that a record shows which version it was written under.
 *
 * @param model number of the model
 * @param version from 1
 * @param dims length of the vector
 */
public record LedgerConfig(int model, long version, int dims) {
  private static final long KEYS_OF_A_MODEL = 1_000_000;

  /** The model's name. */
  public String name() {
    return name(model);
  }

  static String name(int model) {
    return "model-" + model;
  }

  /** Feature id of the vector. */
  public long key() {
    return key(model, version);
  }

  public static long key(int model, long version) {
    return (model + 1) * KEYS_OF_A_MODEL + version;
  }

  /** The message for the key-config topic. */
  public String json() {
    return """
    {"model":"%s","version":%d,"keys":[{"name":"%s","key":%d,"dtype":"float","shape":[%d]}]}\
    """
        .formatted(name(), version, LedgerEvents.TENSOR, key(), dims);
  }
}
