package io.embeddingexport.chaos.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Times and orders by chance, the same ones from the same seed in every Java. */
final class Chance {
  private Chance() {}

  /** Both ends are possible. */
  static Duration seconds(RandomGenerator random, int least, int most) {
    return Duration.ofMillis(random.nextInt(least * 1000, most * 1000 + 1));
  }

  static <T> List<T> shuffled(RandomGenerator random, List<T> things) {
    List<T> order = new ArrayList<>();
    for (T thing : things) {
      order.add(random.nextInt(order.size() + 1), thing);
    }
    return order;
  }

  /** {@code 12.5 s}. */
  static String text(Duration time) {
    return time.toMillis() / 100 / 10.0 + " s";
  }
}
