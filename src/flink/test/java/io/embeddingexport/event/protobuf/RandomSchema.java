package io.embeddingexport.event.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.embeddingexport.event.mapping.EntityIdForm;
import io.embeddingexport.event.mapping.EventMapping;
import io.embeddingexport.event.mapping.EventMapping.AllIn;
import io.embeddingexport.event.mapping.EventMapping.Listed;
import io.embeddingexport.event.mapping.EventMapping.Tensors;
import io.embeddingexport.event.mapping.FieldPath;
import io.embeddingexport.event.mapping.TensorSource;
import io.embeddingexport.event.mapping.ValueSource;
import io.embeddingexport.event.mapping.ValueSource.AtPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** A random schema in proto3, and a mapping whose paths it has. */
final class RandomSchema {
  static final List<String> KEYS = List.of("a", "b", "");

  private static final Type[] NUMBERS = {
    Type.TYPE_DOUBLE, Type.TYPE_FLOAT, Type.TYPE_INT64, Type.TYPE_UINT64, Type.TYPE_INT32,
    Type.TYPE_FIXED64, Type.TYPE_FIXED32, Type.TYPE_BOOL, Type.TYPE_UINT32, Type.TYPE_ENUM,
    Type.TYPE_SFIXED32, Type.TYPE_SFIXED64, Type.TYPE_SINT32, Type.TYPE_SINT64
  };
  private static final Type[] IDS = {
    Type.TYPE_INT64, Type.TYPE_UINT64, Type.TYPE_INT32, Type.TYPE_FIXED64, Type.TYPE_FIXED32,
    Type.TYPE_UINT32, Type.TYPE_SFIXED32, Type.TYPE_SFIXED64, Type.TYPE_SINT32, Type.TYPE_SINT64,
    Type.TYPE_STRING, Type.TYPE_BYTES
  };
  private static final int LARGEST_NUMBER = (1 << 29) - 1;

  private final Random random;
  private final List<DescriptorProto.Builder> messages = new ArrayList<>();
  private int fields;

  private RandomSchema(Random random) {
    this.random = random;
  }

  /**
   * A schema and its mapping.
   *
   * @param event the message of the events
   */
  record Mapped(Descriptor event, EventMapping mapping) {}

  static Mapped of(Random random) {
    return new RandomSchema(random).make();
  }

  private Mapped make() {
    DescriptorProto.Builder event = message();
    ValueSource id = at(place(event, 0, this::id));
    ValueSource model = at(place(event, 0, m -> text(m, "model")));
    ValueSource time = random.nextInt(3) == 0 ? null : at(place(event, 0, this::time));
    Tensors tensors = random.nextInt(3) == 0 ? all(event) : listed(event);
    FileDescriptorProto.Builder file =
        FileDescriptorProto.newBuilder()
            .setName("random.proto")
            .setSyntax("proto3")
            .addDependency("google/protobuf/timestamp.proto")
            .addDependency("google/protobuf/wrappers.proto")
            .addEnumType(
                EnumDescriptorProto.newBuilder()
                    .setName("E")
                    .addValue(EnumValueDescriptorProto.newBuilder().setName("ZERO").setNumber(0)));
    for (DescriptorProto.Builder message : messages) {
      noise(message);
      file.addMessageType(message);
    }
    try {
      FileDescriptor built =
          FileDescriptor.buildFrom(
              file.build(), WellKnownTypes.FILES.values().toArray(FileDescriptor[]::new));
      return new Mapped(
          built.getMessageTypes().get(0),
          new EventMapping(id, EntityIdForm.DECIMAL, model, time, null, null, null, tensors));
    } catch (DescriptorValidationException e) {
      throw new AssertionError(e);
    }
  }

  private static AtPath at(String path) {
    return new AtPath(Objects.requireNonNull(FieldPath.parse(path)));
  }

  private Tensors listed(DescriptorProto.Builder event) {
    List<TensorSource> tensors = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(4); i++) {
      tensors.add(new TensorSource("t" + i, at(place(event, 0, this::tensor))));
    }
    return new Listed(tensors);
  }

  private Tensors all(DescriptorProto.Builder event) {
    return new AllIn(at(place(event, 1, this::allTensors)).path());
  }

  private interface Leaf {
    /** Adds a field, and returns its path from the message. */
    String addTo(DescriptorProto.Builder message);
  }

  /** Adds a field to a message, or to one inside it. */
  private String place(DescriptorProto.Builder message, int depth, Leaf leaf) {
    int way = depth == 3 ? 9 : random.nextInt(10);
    if (way > 2) {
      return leaf.addTo(message);
    }
    DescriptorProto.Builder inner = message();
    String name = newName();
    String rest = place(inner, depth + 1, leaf);
    switch (way) {
      case 0 -> {
        add(message, name, Type.TYPE_MESSAGE, inner.getName(), false);
        return name + "." + rest;
      }
      case 1 -> {
        add(message, name, Type.TYPE_MESSAGE, inner.getName(), true);
        return name + "[" + random.nextInt(3) + "]." + rest;
      }
      default -> {
        map(message, name, Type.TYPE_MESSAGE, inner.getName());
        return name + ".a." + rest;
      }
    }
  }

  private String id(DescriptorProto.Builder message) {
    if (random.nextInt(5) == 0) {
      String name = newName();
      add(message, name, Type.TYPE_MESSAGE, "google.protobuf.Int64Value", false);
      return name;
    }
    Type type = IDS[random.nextInt(IDS.length)];
    boolean text = type == Type.TYPE_STRING || type == Type.TYPE_BYTES;
    return text ? text(message, "id") : one(message, type);
  }

  /** A field whose values depend on its name. */
  private String text(DescriptorProto.Builder message, String prefix) {
    String name = prefix + fields++;
    add(message, name, random.nextBoolean() ? Type.TYPE_STRING : Type.TYPE_BYTES, "", false);
    return name;
  }

  private String time(DescriptorProto.Builder message) {
    if (random.nextBoolean()) {
      return one(message, Type.TYPE_SFIXED64);
    }
    String name = newName();
    add(message, name, Type.TYPE_MESSAGE, "google.protobuf.Timestamp", false);
    return name;
  }

  private String one(DescriptorProto.Builder message, Type type) {
    String name = newName();
    FieldDescriptorProto.Builder field = add(message, name, type, typeName(type), false);
    if (random.nextBoolean()) {
      field.setProto3Optional(true).setOneofIndex(message.getOneofDeclCount());
      message.addOneofDecl(OneofDescriptorProto.newBuilder().setName("_" + name));
    }
    return name;
  }

  private String list(DescriptorProto.Builder message, Type type) {
    String name = newName();
    add(message, name, type, typeName(type), true);
    return name;
  }

  private static String typeName(Type type) {
    return type == Type.TYPE_ENUM ? "E" : "";
  }

  private String tensor(DescriptorProto.Builder message) {
    String name = newName();
    switch (random.nextInt(10)) {
      case 0 -> {
        return one(message, Type.TYPE_BYTES);
      }
      case 1 -> {
        return list(message, Type.TYPE_BYTES);
      }
      case 2 -> {
        return list(message, Type.TYPE_STRING);
      }
      case 3 -> {
        return one(message, random.nextBoolean() ? Type.TYPE_STRING : number());
      }
      case 4 -> {
        add(message, name, Type.TYPE_MESSAGE, listMessage(), false);
        return name;
      }
      case 5 -> {
        add(message, name, Type.TYPE_MESSAGE, listMessage(), true);
        return name + "[" + random.nextInt(3) + "]";
      }
      case 6 -> {
        map(message, name, valueType(), listMessage());
        return name + "." + (random.nextBoolean() ? "a" : "b");
      }
      case 7 -> {
        add(message, name, Type.TYPE_MESSAGE, "google.protobuf.FloatValue", false);
        return name;
      }
      default -> {
        return list(message, number());
      }
    }
  }

  private Type number() {
    return NUMBERS[random.nextInt(NUMBERS.length)];
  }

  private Type valueType() {
    return switch (random.nextInt(4)) {
      case 0 -> Type.TYPE_BYTES;
      case 1 -> Type.TYPE_FLOAT;
      default -> Type.TYPE_MESSAGE;
    };
  }

  /** A message with one list. */
  private String listMessage() {
    DescriptorProto.Builder message = message();
    list(message, random.nextInt(5) == 0 ? Type.TYPE_STRING : number());
    return message.getName();
  }

  private String allTensors(DescriptorProto.Builder message) {
    String name = newName();
    switch (random.nextInt(3)) {
      case 0 -> map(message, name, valueType(), listMessage());
      case 1 -> add(message, name, Type.TYPE_MESSAGE, listMessage(), true);
      default -> {
        DescriptorProto.Builder holder = message();
        for (int i = 0; i < 3; i++) {
          if (random.nextInt(4) == 0) {
            one(holder, number());
          } else {
            list(holder, number());
          }
        }
        add(message, name, Type.TYPE_MESSAGE, holder.getName(), false);
      }
    }
    return name;
  }

  /** Fields that the mapping does not name. A message of tensors has none. */
  private void noise(DescriptorProto.Builder message) {
    boolean isList = message.getFieldCount() == 1 || message.getFieldCount() == 3;
    for (int i = 0; i < (isList ? 0 : random.nextInt(3)); i++) {
      if (random.nextBoolean()) {
        one(message, number());
      } else {
        list(message, random.nextBoolean() ? Type.TYPE_BYTES : Type.TYPE_STRING);
      }
    }
  }

  private DescriptorProto.Builder message() {
    DescriptorProto.Builder message = DescriptorProto.newBuilder().setName("M" + messages.size());
    messages.add(message);
    return message;
  }

  private String newName() {
    return "f" + fields++;
  }

  private FieldDescriptorProto.Builder add(
      DescriptorProto.Builder message, String name, Type type, String typeName, boolean repeated) {
    FieldDescriptorProto.Builder field =
        message
            .addFieldBuilder()
            .setName(name)
            .setNumber(newNumber(message))
            .setType(type)
            .setLabel(repeated ? Label.LABEL_REPEATED : Label.LABEL_OPTIONAL);
    if (!typeName.isEmpty()) {
      field.setTypeName("." + typeName);
    }
    return field;
  }

  private int newNumber(DescriptorProto.Builder message) {
    int bound = random.nextInt(5) == 0 ? LARGEST_NUMBER : 40;
    while (true) {
      int number = 1 + random.nextInt(bound);
      boolean free =
          (number < 19_000 || number > 19_999)
              && message.getFieldList().stream().noneMatch(f -> f.getNumber() == number);
      if (free) {
        return number;
      }
    }
  }

  private void map(DescriptorProto.Builder message, String name, Type type, String typeName) {
    String entry = "F" + name.substring(1) + "Entry";
    DescriptorProto.Builder nested =
        message
            .addNestedTypeBuilder()
            .setName(entry)
            .setOptions(MessageOptions.newBuilder().setMapEntry(true));
    nested.addField(part("key", 1, Type.TYPE_STRING));
    FieldDescriptorProto.Builder value = part("value", 2, type);
    nested.addField(type == Type.TYPE_MESSAGE ? value.setTypeName("." + typeName) : value);
    add(message, name, Type.TYPE_MESSAGE, message.getName() + "." + entry, true);
  }

  private static FieldDescriptorProto.Builder part(String name, int number, Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(Label.LABEL_OPTIONAL);
  }
}
