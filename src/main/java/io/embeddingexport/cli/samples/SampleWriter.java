package io.embeddingexport.cli.samples;

import io.embeddingexport.keys.KeyConfig;
import java.util.SplittableRandom;

/** Writes one made-up event. */
interface SampleWriter {
  byte[] write(long entityId, long eventTimeMillis, KeyConfig config, SplittableRandom random);
}
