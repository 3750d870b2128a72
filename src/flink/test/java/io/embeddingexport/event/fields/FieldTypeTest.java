package io.embeddingexport.event.fields;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.event.fields.FieldType.Elements;
import io.embeddingexport.event.fields.FieldType.Group;
import io.embeddingexport.event.fields.FieldType.Leaf;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldTypeTest {

  @ParameterizedTest
  @CsvSource({
    "WHOLE, WHOLE, WHOLE",
    "WHOLE, REAL, REAL",
    "REAL, WHOLE, REAL",
    "WHOLE, TEXT, TEXT",
    "TEXT, REAL, TEXT",
    "OTHER, BOOL, BOOL",
    "BOOL, OTHER, BOOL",
    "BOOL, WHOLE, BOOL",
    "WHOLE, BOOL, WHOLE"
  })
  void valuesOfTwoTypesShouldHaveTheOneThatTakesBoth(Leaf a, Leaf b, Leaf both) {
    assertThat(FieldType.merge(a, b)).isEqualTo(both);
    assertThat(FieldType.merge(new Elements(a), new Elements(b))).isEqualTo(new Elements(both));
  }

  @Test
  void groupsShouldHaveTheFieldsOfBothInTheirOrder() {
    FieldType both =
        FieldType.merge(
            group("b", Leaf.WHOLE, "a", Leaf.TEXT), group("c", Leaf.BOOL, "b", Leaf.REAL));

    assertThat(both).isEqualTo(new Group(Map.of("a", Leaf.TEXT, "b", Leaf.REAL, "c", Leaf.BOOL)));
    assertThat(((Group) both).fields().keySet()).containsExactly("b", "a", "c");
  }

  @Test
  void theFirstOfTwoKindsShouldCount() {
    FieldType group = group("a", Leaf.WHOLE, "b", Leaf.WHOLE);
    FieldType list = new Elements(Leaf.REAL);

    assertThat(FieldType.merge(group, list)).isEqualTo(group);
    assertThat(FieldType.merge(list, group)).isEqualTo(list);
    assertThat(FieldType.merge(Leaf.WHOLE, list)).isEqualTo(Leaf.WHOLE);
    assertThat(FieldType.merge(Leaf.OTHER, list)).isEqualTo(list);
  }

  private static Group group(String a, FieldType typeA, String b, FieldType typeB) {
    Map<String, FieldType> fields = new LinkedHashMap<>();
    fields.put(a, typeA);
    fields.put(b, typeB);
    return new Group(fields);
  }
}
