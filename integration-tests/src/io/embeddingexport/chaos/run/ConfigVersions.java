package io.embeddingexport.chaos.run;

import io.embeddingexport.chaos.ledger.LedgerConfig;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** What is published next: which version of which model, and which garbage. Not thread-safe. */
final class ConfigVersions {
  private final RandomGenerator random;
  private final int dims;
  private final long[] newest;
  private long garbage;

  ConfigVersions(RandomGenerator random, int models, int dims) {
    this.random = random;
    this.dims = dims;
    this.newest = new long[models];
  }

  /** One more of each model. */
  List<LedgerConfig> nextOfAll() {
    return IntStream.range(0, newest.length).mapToObj(this::next).toList();
  }

  LedgerConfig nextOfOne() {
    return next(random.nextInt(newest.length));
  }

  private LedgerConfig next(int model) {
    return new LedgerConfig(model, ++newest[model], dims);
  }

  /** A version of each model that was published before, perhaps the newest. */
  List<LedgerConfig> oldOfAll() {
    return IntStream.range(0, newest.length).mapToObj(this::old).toList();
  }

  private LedgerConfig old(int model) {
    return new LedgerConfig(model, random.nextLong(1, newest[model] + 1), dims);
  }

  LedgerConfig newestOfOne() {
    int model = random.nextInt(newest.length);
    return new LedgerConfig(model, newest[model], dims);
  }

  /** Things under a model's name that are no key config, each unlike any before. */
  List<Garbage> garbage() {
    String model = newestOfOne().name();
    long number = ++garbage;
    return List.of(
        new Garbage(model, text("no key config: " + number)),
        new Garbage(
            model,
            text(
                """
                {"model":"%s","version":%d,"keys":[{"name":"x","key":1,"dtype":"flaot","shape":[1]}]}\
                """
                    .formatted(model, 1_000_000_000 + number))),
        new Garbage(model, text("{\"model\":\"" + model + "\",\"version\":" + number)),
        new Garbage(model, cutUtf8(number)));
  }

  private static byte[] cutUtf8(long number) {
    byte[] text = text("{\"" + number + "\": \"é");
    return Arrays.copyOf(text, text.length - 1);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** How many versions there are. */
  long published() {
    return Arrays.stream(newest).sum();
  }

  /** A message that must be refused. */
  record Garbage(String model, byte[] value) {}
}
