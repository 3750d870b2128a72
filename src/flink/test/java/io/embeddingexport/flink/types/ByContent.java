package io.embeddingexport.flink.types;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.testutils.DeeplyEqualsChecker;

/** Compares records that hold arrays, whose own {@code equals} asks for the same arrays. */
public final class ByContent {

  public static DeeplyEqualsChecker checker(Class<?> type) {
    return new DeeplyEqualsChecker()
        .withCustomCheck(
            (one, other) -> type.isInstance(one) && type.isInstance(other),
            (one, other, checker) -> equal(one, other));
  }

  private static boolean equal(Object one, Object other) {
    // Fails with the difference, which says more than a false.
    assertThat(one).usingRecursiveComparison().withStrictTypeChecking().isEqualTo(other);
    return true;
  }

  private ByContent() {}
}
