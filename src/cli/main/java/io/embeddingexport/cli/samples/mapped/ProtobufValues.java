package io.embeddingexport.cli.samples.mapped;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.samples.mapped.SampleValue.Elements;
import io.embeddingexport.cli.samples.mapped.SampleValue.Fields;
import io.embeddingexport.cli.samples.mapped.SampleValue.Items;
import io.embeddingexport.cli.samples.mapped.SampleValue.Time;
import io.embeddingexport.event.protobuf.WellKnownTypes;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes values as a Protobuf message. A field without a value is left out. */
final class ProtobufValues implements ValueEncoder {
  private final Descriptor message;

  ProtobufValues(Descriptor message) {
    this.message = message;
  }

  @Override
  public byte[] encode(Fields event) throws CommandException {
    return message(event, message, "").toByteArray();
  }

  private static DynamicMessage message(Fields fields, Descriptor type, String path)
      throws CommandException {
    DynamicMessage.Builder builder = DynamicMessage.newBuilder(type);
    for (Map.Entry<String, SampleValue> entry : fields.values().entrySet()) {
      String inner = path + entry.getKey();
      FieldDescriptor field = type.findFieldByName(entry.getKey());
      if (field == null) {
        throw new CommandException(
            "message " + type.getFullName() + " has no field " + inner + "; correct the mapping");
      }
      if (field.isMapField()) {
        addEntries(builder, field, entry.getValue(), inner);
      } else if (field.isRepeated()) {
        addAll(builder, field, entry.getValue(), inner);
      } else {
        builder.setField(field, value(entry.getValue(), field, inner));
      }
    }
    return builder.build();
  }

  private static void addEntries(
      DynamicMessage.Builder builder, FieldDescriptor map, SampleValue value, String path)
      throws CommandException {
    if (!(value instanceof Fields fields)) {
      throw misfit(map, path);
    }
    Descriptor type = map.getMessageType();
    FieldDescriptor content = type.findFieldByName("value");
    for (Map.Entry<String, SampleValue> entry : fields.values().entrySet()) {
      builder.addRepeatedField(
          map,
          DynamicMessage.newBuilder(type)
              .setField(type.findFieldByName("key"), entry.getKey())
              .setField(content, value(entry.getValue(), content, path + "." + entry.getKey()))
              .build());
    }
  }

  private static void addAll(
      DynamicMessage.Builder builder, FieldDescriptor list, SampleValue value, String path)
      throws CommandException {
    if (value instanceof Elements tensor) {
      for (int i = 0; i < tensor.elements().count(); i++) {
        Object element = ProtobufScalars.element(tensor.elements(), i, list);
        if (element == null) {
          throw misfit(list, path);
        }
        builder.addRepeatedField(list, element);
      }
    } else if (value instanceof Items items) {
      for (SampleValue item : items.values()) {
        builder.addRepeatedField(list, item == null ? none(list) : value(item, list, path));
      }
    } else {
      throw misfit(list, path);
    }
  }

  private static Object none(FieldDescriptor list) {
    return list.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        ? DynamicMessage.getDefaultInstance(list.getMessageType())
        : list.getDefaultValue();
  }

  private static Object value(SampleValue value, FieldDescriptor field, String path)
      throws CommandException {
    Object result =
        field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
            ? message(value, field.getMessageType(), path)
            : ProtobufScalars.of(value, field);
    if (result == null) {
      throw misfit(field, path);
    }
    return result;
  }

  private static @Nullable DynamicMessage message(SampleValue value, Descriptor type, String path)
      throws CommandException {
    if (value instanceof Fields fields) {
      return message(fields, type, path + ".");
    }
    if (value instanceof Time time && WellKnownTypes.isTimestamp(type)) {
      return DynamicMessage.newBuilder(type)
          .setField(type.findFieldByName("seconds"), Math.floorDiv(time.millis(), 1_000L))
          .setField(type.findFieldByName("nanos"), Math.floorMod(time.millis(), 1_000) * 1_000_000)
          .build();
    }
    FieldDescriptor wrapped = WellKnownTypes.wrapped(type);
    return wrapped == null
        ? null
        : DynamicMessage.newBuilder(type).setField(wrapped, value(value, wrapped, path)).build();
  }

  private static CommandException misfit(FieldDescriptor field, String path) {
    return new CommandException(
        "the schema has "
            + (field.isRepeated() ? "repeated " : "")
            + field.getType().name().toLowerCase(Locale.ROOT)
            + " at "
            + path
            + ", which cannot be what the mapping says; correct the mapping");
  }
}
