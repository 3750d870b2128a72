package io.embeddingexport.event.avro;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.event.fields.FieldType;
import io.embeddingexport.event.fields.FieldType.Elements;
import io.embeddingexport.event.fields.FieldType.Entries;
import io.embeddingexport.event.fields.FieldType.Group;
import io.embeddingexport.event.fields.FieldType.Leaf;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvroFieldsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"int\"'|WHOLE",
        "'\"long\"'|WHOLE",
        "'\"float\"'|REAL",
        "'\"double\"'|REAL",
        "'\"string\"'|TEXT",
        "'\"bytes\"'|BYTES",
        "'\"boolean\"'|BOOL",
        "'\"null\"'|OTHER",
        "'[\"null\", \"long\"]'|WHOLE",
        "'{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"A\"]}'|TEXT",
        "'{\"type\": \"fixed\", \"name\": \"F\", \"size\": 8}'|BYTES",
        "'{\"type\": \"long\", \"logicalType\": \"timestamp-micros\"}'|TIME",
        "'{\"type\": \"int\", \"logicalType\": \"date\"}'|OTHER",
        "'{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 4}'|OTHER"
      })
  void aTypeShouldBeWhatAMappingTakesItAs(String schema, Leaf expected) throws Exception {
    assertThat(of(schema)).isEqualTo(expected);
    assertThat(of("{\"type\": \"array\", \"items\": " + schema + "}"))
        .isEqualTo(new Elements(expected));
    assertThat(of("{\"type\": \"map\", \"values\": " + schema + "}"))
        .isEqualTo(new Entries(expected));
  }

  @Test
  void aRecordInItselfShouldEnd() throws Exception {
    assertThat(
            of(
                """
                {"type": "record", "name": "N", "fields": [{"name": "id", "type": "long"},
                 {"name": "next", "type": ["null", "N"]}]}"""))
        .isEqualTo(new Group(Map.of("id", Leaf.WHOLE, "next", Leaf.OTHER)));
  }

  @Test
  void recordsShouldNotMultiply() throws Exception {
    StringBuilder schema = new StringBuilder("\"long\"");
    for (int i = 0; i < 40; i++) {
      schema
          .insert(
              0,
              "{\"type\": \"record\", \"name\": \"R"
                  + i
                  + "\", \"fields\": [{\"name\": \"a\", \"type\": ")
          .append("}, {\"name\": \"b\", \"type\": ")
          .append(i == 0 ? "\"long\"" : "\"R" + (i - 1) + "\"")
          .append("}]}");
    }

    assertThat(of(schema.toString())).isInstanceOf(Group.class);
  }

  private static FieldType of(String schema) throws Exception {
    return AvroFields.of("the test", schema.getBytes(UTF_8), List.of());
  }
}
