package io.embeddingexport.cli.samples;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.keys.KeyConfig;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Made-up events for key configs, each a function of the seed and its number. Every tensor is
 * given, by position. Thread-safe.
 */
public final class SampleEvents {
  private static final int ENTITIES = 10_000;

  private final List<KeyConfig> configs;
  private final SampleWriter writer;
  private final long seed;

  /**
   * @param configs one or more; each event is of one of these models
   */
  public SampleEvents(List<KeyConfig> configs, EventFormat format, long seed) {
    this.configs = List.copyOf(configs);
    this.writer =
        switch (format) {
          case THRIFT -> new ThriftSampleWriter();
          case JSON -> new JsonSampleWriter();
        };
    this.seed = seed;
  }

  /**
   * Event number {@code i}, from 0.
   *
   * @param eventTimeMillis ms since the epoch
   */
  public SampleEvent get(long i, long eventTimeMillis) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + i);
    KeyConfig config = configs.get(random.nextInt(configs.size()));
    long entityId = 1 + random.nextInt(ENTITIES);
    byte[] key = ByteBuffer.allocate(Long.BYTES).putLong(entityId).array();
    return new SampleEvent(key, writer.write(entityId, eventTimeMillis, config, random));
  }
}
