package io.embeddingexport.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class NameTableTest {
  private record Change(String name, boolean put, int value) {}

  /** Few names, so that they are put, put again and taken out in every order. */
  @Provide
  Arbitrary<List<Change>> changes() {
    Arbitrary<String> names =
        Arbitraries.oneOf(
            Arbitraries.strings().withChars('a', 'b', 'é').ofMaxLength(3),
            Arbitraries.integers().between(0, 40).map(i -> "model-with-a-long-name-" + i));
    return net.jqwik.api.Combinators.combine(
            names, Arbitraries.of(true, true, false), Arbitraries.integers())
        .as(Change::new)
        .list()
        .ofMaxSize(300);
  }

  @Property(tries = 300)
  void itShouldHoldWhatAMapHolds(@ForAll("changes") List<Change> changes) {
    NameTable<Integer> table = new NameTable<>();
    Map<String, Integer> map = new HashMap<>();
    for (Change change : changes) {
      if (change.put()) {
        table.put(change.name(), change.value());
        map.put(change.name(), change.value());
      } else {
        table.remove(change.name());
        map.remove(change.name());
      }
    }
    for (Change change : changes) {
      assertThat(find(table, change.name())).isEqualTo(map.get(change.name()));
    }
  }

  @Test
  void givenManyNamesThenEachIsFoundAndNoOther() {
    NameTable<Integer> table = new NameTable<>();
    for (int i = 0; i < 10_000; i++) {
      table.put("m" + i, i);
    }
    for (int i = 0; i < 10_000; i++) {
      assertThat(find(table, "m" + i)).isEqualTo(i);
      assertThat(find(table, "n" + i)).isNull();
    }
    for (int i = 0; i < 10_000; i += 2) {
      table.remove("m" + i);
    }
    for (int i = 0; i < 10_000; i++) {
      assertThat(find(table, "m" + i)).isEqualTo(i % 2 == 0 ? null : (Integer) i);
    }
  }

  /** As an event has it: between other bytes. */
  private static Integer find(NameTable<Integer> table, String name) {
    byte[] event = ("<" + name + ">").getBytes(UTF_8);
    return table.find(event, 1, event.length - 1);
  }
}
