package io.embeddingexport.event.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.squareup.wire.Syntax;
import com.squareup.wire.schema.Field;
import com.squareup.wire.schema.Location;
import com.squareup.wire.schema.internal.parser.EnumConstantElement;
import com.squareup.wire.schema.internal.parser.EnumElement;
import com.squareup.wire.schema.internal.parser.FieldElement;
import com.squareup.wire.schema.internal.parser.MessageElement;
import com.squareup.wire.schema.internal.parser.OneOfElement;
import com.squareup.wire.schema.internal.parser.ProtoFileElement;
import com.squareup.wire.schema.internal.parser.ProtoParser;
import com.squareup.wire.schema.internal.parser.TypeElement;
import io.embeddingexport.event.plan.InvalidSchemaException;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code .proto} text as the descriptor that protoc would make: what is needed to read
 * messages. Options, services, extensions and groups are left out.
 */
final class ProtoText {
  private static final String MAP = "map<";

  private static final Map<String, Type> SCALARS =
      Stream.of(Type.values())
          .filter(
              type ->
                  type != Type.TYPE_MESSAGE && type != Type.TYPE_GROUP && type != Type.TYPE_ENUM)
          .collect(
              Collectors.toMap(
                  type -> type.name().substring("TYPE_".length()).toLowerCase(Locale.ROOT),
                  Function.identity()));

  /**
   * @param name of the file, as imports have it
   */
  static FileDescriptorProto parse(String name, String text) throws InvalidSchemaException {
    ProtoFileElement file;
    try {
      file = ProtoParser.Companion.parse(Location.get(name), text);
    } catch (IllegalStateException | IllegalArgumentException | IndexOutOfBoundsException e) {
      String problem = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason");
      throw ProtobufSchemas.invalid(name, "is no .proto text: " + problem);
    }
    FileDescriptorProto.Builder result = FileDescriptorProto.newBuilder().setName(name);
    Syntax syntax = file.getSyntax();
    result.setSyntax(Syntax.PROTO_3.equals(syntax) ? "proto3" : "proto2");
    if (file.getPackageName() != null) {
      result.setPackage(file.getPackageName());
    }
    result.addAllDependency(file.getImports());
    for (String imported : file.getPublicImports()) {
      result.addPublicDependency(result.getDependencyCount());
      result.addDependency(imported);
    }
    boolean proto3 = Syntax.PROTO_3.equals(syntax);
    for (TypeElement type : file.getTypes()) {
      if (type instanceof MessageElement message) {
        result.addMessageType(message(message, proto3));
      } else if (type instanceof EnumElement element) {
        result.addEnumType(enumeration(element));
      }
    }
    return result.build();
  }

  private static DescriptorProto message(MessageElement message, boolean proto3) {
    DescriptorProto.Builder result = DescriptorProto.newBuilder().setName(message.getName());
    for (TypeElement type : message.getNestedTypes()) {
      if (type instanceof MessageElement nested) {
        result.addNestedType(message(nested, proto3));
      } else if (type instanceof EnumElement element) {
        result.addEnumType(enumeration(element));
      }
    }
    for (FieldElement field : message.getFields()) {
      if (field.getType().startsWith(MAP)) {
        // Behind the messages that the text has: a registry counts those.
        map(field, result);
      } else {
        result.addField(field(field, null));
      }
    }
    for (OneOfElement oneOf : message.getOneOfs()) {
      result.addOneofDecl(OneofDescriptorProto.newBuilder().setName(oneOf.getName()));
      for (FieldElement field : oneOf.getFields()) {
        result.addField(field(field, result.getOneofDeclCount() - 1));
      }
    }
    for (int i = 0; proto3 && i < message.getFields().size(); i++) {
      FieldElement field = message.getFields().get(i);
      if (field.getLabel() == Field.Label.OPTIONAL) {
        // As protoc does, behind the oneofs that the text has.
        result.addOneofDecl(OneofDescriptorProto.newBuilder().setName("_" + field.getName()));
        result
            .getFieldBuilder(i)
            .setProto3Optional(true)
            .setOneofIndex(result.getOneofDeclCount() - 1);
      }
    }
    return result.build();
  }

  private static FieldDescriptorProto field(FieldElement field, @Nullable Integer oneOf) {
    FieldDescriptorProto.Builder result =
        FieldDescriptorProto.newBuilder().setName(field.getName()).setNumber(field.getTag());
    result.setLabel(label(field.getLabel()));
    if (field.getJsonName() != null) {
      result.setJsonName(field.getJsonName());
    }
    if (oneOf != null) {
      result.setOneofIndex(oneOf);
    }
    return typed(result, field.getType()).build();
  }

  private static Label label(Field.@Nullable Label label) {
    if (label == null) {
      return Label.LABEL_OPTIONAL;
    }
    return switch (label) {
      case REPEATED -> Label.LABEL_REPEATED;
      case REQUIRED -> Label.LABEL_REQUIRED;
      default -> Label.LABEL_OPTIONAL;
    };
  }

  /** Sets the type; the name of a message or enumeration is found when all files are known. */
  private static FieldDescriptorProto.Builder typed(
      FieldDescriptorProto.Builder field, String type) {
    Type scalar = SCALARS.get(type);
    return scalar == null ? field.setTypeName(type) : field.setType(scalar);
  }

  private static void map(FieldElement field, DescriptorProto.Builder message) {
    String entry = entryName(field.getName());
    String types = field.getType().substring(MAP.length(), field.getType().length() - 1);
    int comma = types.indexOf(',');
    message.addNestedType(
        DescriptorProto.newBuilder()
            .setName(entry)
            .setOptions(MessageOptions.newBuilder().setMapEntry(true))
            .addField(part("key", ProtobufPlanCompiler.MAP_KEY, types.substring(0, comma).trim()))
            .addField(
                part("value", ProtobufPlanCompiler.MAP_VALUE, types.substring(comma + 1).trim())));
    FieldDescriptorProto.Builder list =
        FieldDescriptorProto.newBuilder()
            .setName(field.getName())
            .setNumber(field.getTag())
            .setLabel(Label.LABEL_REPEATED)
            .setType(Type.TYPE_MESSAGE)
            .setTypeName(entry);
    if (field.getJsonName() != null) {
      list.setJsonName(field.getJsonName());
    }
    message.addField(list);
  }

  private static FieldDescriptorProto part(String name, int number, String type) {
    return typed(
            FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setLabel(Label.LABEL_OPTIONAL),
            type)
        .build();
  }

  /** The name that protoc gives a map's entries: {@code TasteVectorsEntry}. */
  private static String entryName(String field) {
    return Stream.of(field.split("_"))
            .filter(word -> !word.isEmpty())
            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
            .collect(Collectors.joining())
        + "Entry";
  }

  private static EnumDescriptorProto enumeration(EnumElement element) {
    EnumDescriptorProto.Builder result =
        EnumDescriptorProto.newBuilder().setName(element.getName());
    for (EnumConstantElement constant : element.getConstants()) {
      result.addValueBuilder().setName(constant.getName()).setNumber(constant.getTag());
    }
    return result.build();
  }

  private ProtoText() {}
}
