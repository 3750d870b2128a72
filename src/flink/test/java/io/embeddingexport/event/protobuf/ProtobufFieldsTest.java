package io.embeddingexport.event.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.event.fields.FieldType;
import io.embeddingexport.event.fields.FieldType.Elements;
import io.embeddingexport.event.fields.FieldType.Entries;
import io.embeddingexport.event.fields.FieldType.Group;
import io.embeddingexport.event.fields.FieldType.Leaf;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProtobufFieldsTest {

  @Test
  void aMessageShouldHaveItsFields() throws Exception {
    FieldType fields =
        ProtobufFields.ofText(
            "the test",
            """
            syntax = "proto3";
            import "google/protobuf/timestamp.proto";
            import "google/protobuf/wrappers.proto";
            enum Kind { NONE = 0; }
            message Node {
              int64 id = 1; uint32 count = 2; double price = 3; string name = 4; bytes raw = 5;
              bool live = 6; Kind kind = 7; google.protobuf.Timestamp at = 8;
              google.protobuf.Int64Value wrapped = 9; repeated float vector = 10;
              Node next = 12; map<int32, string> other = 13;
              map<string, string> named = 14;
            }
            """,
            Map.of(),
            List.of(0));

    assertThat(fields)
        .isEqualTo(
            new Group(
                Map.ofEntries(
                    Map.entry("id", Leaf.WHOLE),
                    Map.entry("count", Leaf.WHOLE),
                    Map.entry("price", Leaf.REAL),
                    Map.entry("name", Leaf.TEXT),
                    Map.entry("raw", Leaf.BYTES),
                    Map.entry("live", Leaf.BOOL),
                    Map.entry("kind", Leaf.OTHER),
                    Map.entry("at", Leaf.TIME),
                    Map.entry("wrapped", Leaf.WHOLE),
                    Map.entry("vector", new Elements(Leaf.REAL)),
                    Map.entry("next", Leaf.OTHER),
                    Map.entry("other", Leaf.OTHER),
                    Map.entry("named", new Entries(Leaf.TEXT)))));
  }
}
