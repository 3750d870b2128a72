package io.embeddingexport.datarecord;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.LongFunction;

/** Features looked up one by one. */
final class Lookups {
  /** An id that no golden record has. */
  private static final long ABSENT = 17;

  private Lookups() {}

  /** Requires that each feature is found, and an absent one is not. */
  static void requireSame(DataRecordView view, Contents contents) {
    contents.binary().forEach(id -> assertThat(view.binary(id)).isTrue());
    if (!contents.binary().contains(ABSENT)) {
      assertThat(view.binary(ABSENT)).isFalse();
    }
    requireSame(contents.continuous(), view::continuous);
    requireSame(contents.discrete(), view::discrete);
    requireSame(contents.string(), view::string);
    requireSame(contents.blob(), view::blob);
    requireSame(contents.tensors(), view::tensor);
  }

  private static <T> void requireSame(Map<Long, T> values, LongFunction<T> lookup) {
    values.forEach((id, value) -> assertThat(lookup.apply(id)).isEqualTo(value));
    assertThat(lookup.apply(ABSENT)).isEqualTo(values.get(ABSENT));
  }
}
