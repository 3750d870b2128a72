package io.embeddingexport.cli.demo;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.TensorEncoding;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeySpec;
import io.embeddingexport.keys.KeySpec.NonFinite;
import java.util.List;

/** Small models for tests of the demo. */
final class DemoFixtures {
  static final long FIRST_TIMESTAMP = 1_700_000_000_000L;

  static final KeyConfig USER =
      new KeyConfig(
          "user",
          3,
          List.of(
              key("embedding", 11, Shape.of(2, 3), false, NonFinite.REJECT),
              key("recent", 12, Shape.of(4), true, NonFinite.ACCEPT)),
          101L,
          102L,
          null);

  /** Has one tensor more, and the entity id under another feature id. */
  static final KeyConfig NEXT_USER =
      new KeyConfig(
          "user",
          4,
          List.of(
              key("embedding", 11, Shape.of(2, 3), false, NonFinite.REJECT),
              key("recent", 12, Shape.of(4), true, NonFinite.ACCEPT),
              key("history", 13, Shape.of(5), true, NonFinite.ACCEPT)),
          103L,
          102L,
          null);

  static final KeyConfig ITEM =
      new KeyConfig(
          "item",
          1,
          List.of(key("embedding", 21, Shape.of(6), false, NonFinite.REJECT)),
          null,
          null,
          null);

  static DemoEvents events(int count) {
    return new DemoEvents(
        7, count, FIRST_TIMESTAMP, new DemoKeyConfigChange(USER, NEXT_USER), List.of(ITEM));
  }

  private static KeySpec key(
      String name, long key, Shape shape, boolean optional, NonFinite nonFinite) {
    return new KeySpec(name, key, DataType.FLOAT, shape, TensorEncoding.RAW, optional, nonFinite);
  }

  private DemoFixtures() {}
}
