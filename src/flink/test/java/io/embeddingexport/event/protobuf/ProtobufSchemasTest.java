package io.embeddingexport.event.protobuf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.TypeProto;
import io.embeddingexport.event.mapping.Mappings;
import io.embeddingexport.event.plan.InvalidSchemaException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProtobufSchemasTest {
  private static final String OUTER =
      """
      syntax = "proto3";
      package a.b;
      import public "common.proto";
      message Outer {
        map<string, Inner> items = 1;
        enum Kind { NONE = 0; }
        message First { optional Kind kind = 1 [json_name = "sort"]; }
        message Inner {
          common.Vector vector = 2;
          oneof id { int64 number = 3; string user_name = 4; }
          message Deep { a.b.Outer.Inner back = 1; }
        }
        reserved 5, 8 to 10;
      }
      message Last { repeated float x = 1 [packed = false]; }
      service S { rpc Get(Outer) returns (stream Last); }
      """;
  private static final Map<String, String> IMPORTS =
      Map.of(
          "common.proto",
          "syntax = \"proto3\"; package common; message Vector { repeated float v = 1; }");

  private static Descriptor outer(Integer... indexes) throws InvalidSchemaException {
    return ProtobufSchemas.ofText("outer.proto", OUTER, IMPORTS, List.of(indexes));
  }

  @Test
  void givenATextWhenReadThenFieldsHaveTheirTypes() throws Exception {
    Descriptor outer = outer(0);
    FieldDescriptor items = outer.findFieldByName("items");
    Descriptor inner = items.getMessageType().findFieldByName("value").getMessageType();

    assertThat(items.isMapField()).isTrue();
    assertThat(inner.getFullName()).isEqualTo("a.b.Outer.Inner");
    assertThat(inner.findFieldByName("vector").getMessageType().getFullName())
        .isEqualTo("common.Vector");
    assertThat(inner.findFieldByName("user_name").getJsonName()).isEqualTo("userName");
    assertThat(inner.findFieldByName("number").hasPresence()).isTrue();
    FieldDescriptor kind = outer(0, 0).findFieldByName("kind");
    assertThat(kind.getJsonName()).isEqualTo("sort");
    assertThat(kind.hasPresence()).isTrue();
    assertThat(kind.getType()).isEqualTo(FieldDescriptor.Type.ENUM);
  }

  @Test
  void givenMessageIndexesWhenReadThenTheyCountTheMessagesOfTheText() throws Exception {
    assertThat(outer(0).getFullName()).isEqualTo("a.b.Outer");
    assertThat(outer(1).getFullName()).isEqualTo("a.b.Last");
    assertThat(outer(0, 1).getFullName()).isEqualTo("a.b.Outer.Inner");
    assertThat(outer(0, 1, 0).getFullName()).isEqualTo("a.b.Outer.Inner.Deep");
    // The third is the map's entry, which the text does not have.
    for (List<Integer> indexes :
        List.of(List.of(0, 2), List.of(7), List.of(-1), List.<Integer>of())) {
      assertThatThrownBy(() -> ProtobufSchemas.ofText("outer.proto", OUTER, IMPORTS, indexes))
          .isInstanceOf(InvalidSchemaException.class)
          .hasMessage(
              "outer.proto: has no message of indexes " + indexes + "; register its schema");
    }
  }

  @Test
  void givenADescriptorSetWhenReadThenItsMessagesAreFound() throws Exception {
    byte[] set =
        FileDescriptorSet.newBuilder()
            .addFile(TypeProto.getDescriptor().toProto())
            .addFile(TimestampProto.getDescriptor().toProto())
            .build()
            .toByteArray();

    assertThat(ProtobufSchemas.ofFile("x.desc", set, "google.protobuf.Type").getFields())
        .hasSize(7);
    assertThatThrownBy(() -> ProtobufSchemas.ofFile("x.desc", set, "google.protobuf.Tipe"))
        .hasMessage(
            "x.desc: has no message google.protobuf.Tipe; did you mean 'google.protobuf.Type'?");
  }

  @Test
  void givenAProtoFileWhenReadThenItsMessagesAreFound() throws Exception {
    byte[] file =
        """

        syntax = "proto3";
        package shop;
        import "google/protobuf/timestamp.proto";
        import "validate/validate.proto";
        message Item {
          int64 id = 1 [(validate.rules).int64.gt = 0];
          google.protobuf.Timestamp at = 2;
          repeated float vector = 3;
        }
        """
            .getBytes(UTF_8);

    assertThat(ProtobufSchemas.messages("item.proto", file)).containsExactly("shop.Item");
    Descriptor item = ProtobufSchemas.ofFile("item.proto", file, "shop.Item");
    assertThat(item.findFieldByName("vector").getNumber()).isEqualTo(3);
    assertThat(item.findFieldByName("at").getMessageType().getFullName())
        .isEqualTo("google.protobuf.Timestamp");
    assertThatThrownBy(() -> ProtobufSchemas.ofFile("item.proto", file, "Item"))
        .hasMessageStartingWith("item.proto: has no message Item");
  }

  @Test
  void givenAProtoFileWithoutAnImportWhenAPathLeadsIntoItThenTheErrorSaysWhatToDo()
      throws Exception {
    byte[] file =
        """
        syntax = "proto3";
        package shop;
        import "shop/user.proto";
        message Item {
          User user = 1;
          repeated float vector = 2;
          other.Vector other = 3;
          repeated User many = 4;
          map<string, User> byName = 5;
        }
        """
            .getBytes(UTF_8);
    Descriptor item = ProtobufSchemas.ofFile("item.proto", file, "shop.Item");
    String make =
        ", which is in another file; make a descriptor set with `protoc --include_imports"
            + " --descriptor_set_out=FILE YOUR.proto`, and name it in schema";

    InvalidSchemaException e =
        catchThrowableOfType(
            InvalidSchemaException.class,
            () ->
                ProtobufEvents.newDecoder(
                    Mappings.parse(
                        """
                        entity-id: user.id
                        model: {constant: m}
                        tensors: {a: vector, b: other, c: "many[0]", d: "byName.x"}
                        """),
                    item));

    assertThat(e.problems())
        .containsExactlyInAnyOrder(
            "user is of type User" + make,
            "other is of type other.Vector" + make,
            "many is of type User" + make,
            "byName is of type User" + make);
  }

  @Test
  void givenNoSchemaWhenReadThenTheErrorSaysHowToMakeOne() {
    String make =
        "make a descriptor set with `protoc --include_imports --descriptor_set_out=FILE YOUR.proto`";
    assertThatThrownBy(() -> ProtobufSchemas.ofFile("x", new byte[] {1, 2, 3}, "a.B"))
        .hasMessage("x: is neither a .proto text nor a descriptor set; " + make);
    assertThatThrownBy(() -> ProtobufSchemas.ofFile("x", new byte[0], "a.B"))
        .hasMessage("x: is empty; " + make);
  }

  @Test
  void givenWrongTextsWhenReadThenTheFileAndReasonAreNamed() {
    assertThatThrownBy(() -> ProtobufSchemas.ofText("x.proto", "message {", Map.of(), List.of(0)))
        .isInstanceOf(InvalidSchemaException.class)
        .hasMessageStartingWith("x.proto: is no .proto text: ");
    assertThatThrownBy(
            () ->
                ProtobufSchemas.ofText(
                    "a.proto",
                    "syntax = \"proto3\"; import \"b.proto\"; message A {}",
                    Map.of("b.proto", "syntax = \"proto3\"; import \"a.proto\";"),
                    List.of(0)))
        .isInstanceOf(InvalidSchemaException.class)
        .hasMessage("a.proto: has files that import each other: a.proto");
  }

  @Test
  void givenAMappingWhenPathsDoNotFitThenEveryProblemIsNamed() throws Exception {
    String mapping =
        """
        entity-id: items.a.number
        model: items.a.vector
        event-time: itens
        key-config-version: items
        tensors: {t: items.b.vektor, u: items.c.user_name.x, v: items.d}
        """;
    InvalidSchemaException e =
        catchThrowableOfType(
            InvalidSchemaException.class,
            () ->
                ProtobufEvents.newDecoder(
                    Mappings.parse(mapping.replace("key-config-version: items\n", "")), outer(0)));

    assertThat(e.problems())
        .containsExactlyInAnyOrder(
            "items.a.vector is message common.Vector, but the mapping takes it as the model: a"
                + " string or bytes",
            "itens is no field of message a.b.Outer; did you mean 'items'?",
            "items.b.vektor is no field of message a.b.Outer.Inner; did you mean 'vector'?",
            "items.c.user_name is string, which has no fields",
            "items.d is message a.b.Outer.Inner, which has no list of elements; write the path of"
                + " the elements");
  }
}
