package io.embeddingexport.event.protobuf;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.embeddingexport.event.Event;
import io.embeddingexport.event.mapping.EventMapping;
import io.embeddingexport.event.mapping.EventMapping.AllIn;
import io.embeddingexport.event.mapping.EventMapping.Listed;
import io.embeddingexport.event.mapping.FieldPath;
import io.embeddingexport.event.mapping.FieldPath.Field;
import io.embeddingexport.event.mapping.FieldPath.Index;
import io.embeddingexport.event.mapping.FieldPath.Step;
import io.embeddingexport.event.mapping.TensorSource;
import io.embeddingexport.event.mapping.ValueSource;
import io.embeddingexport.event.mapping.ValueSource.AtPath;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a mapping takes from a message that protobuf-java has parsed. It follows the mapping's paths
 * value by value, and shares no code with the walk.
 */
final class DynamicReference {
  private final EventMapping mapping;

  /** A value that is replaced later would be refused: a decoder may refuse the event. */
  private boolean doubtful;

  DynamicReference(EventMapping mapping) {
    this.mapping = mapping;
  }

  /** A value of the message around it; that value may be absent. */
  private record Place(Message around, FieldDescriptor field, @Nullable Object element) {}

  /** The event cannot be one. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** Whether a refusal is right too, though {@link #event} has an answer. */
  boolean isDoubtful() {
    return doubtful;
  }

  /** All parts as a text; an element type and bytes for each tensor. */
  String event(DynamicMessage message) throws Refused {
    doubtful = false;
    Object id = value(message, mapping.entityId());
    Object model = value(message, mapping.model());
    if (id == null || model == null) {
      throw new Refused();
    }
    long number = id instanceof String text ? decimal(text) : ((Number) id).longValue();
    Map<String, String> tensors = new TreeMap<>();
    if (mapping.tensors() instanceof AllIn all) {
      tensors = all(place(message, all.path()));
    } else {
      for (TensorSource source : ((Listed) mapping.tensors()).tensors()) {
        String tensor = tensor(place(message, ((AtPath) source.source()).path()));
        if (tensor != null) {
          tensors.put(source.name(), tensor);
        }
      }
    }
    return number + " " + model + " " + time(message) + " " + tensors;
  }

  private static long decimal(String text) throws Refused {
    try {
      if (text.startsWith("+")) {
        throw new Refused();
      }
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new Refused();
    }
  }

  private long time(Message message, ValueSource source) throws Refused {
    Place place = place(message, ((AtPath) source).path());
    if (place == null || !has(place)) {
      return Event.NO_EVENT_TIME;
    }
    Object value = get(place);
    if (!(value instanceof Message timestamp)) {
      return (Long) value;
    }
    long seconds =
        (Long) timestamp.getField(timestamp.getDescriptorForType().findFieldByName("seconds"));
    int nanos =
        (Integer) timestamp.getField(timestamp.getDescriptorForType().findFieldByName("nanos"));
    try {
      return Math.addExact(Math.multiplyExact(seconds, 1000L), Math.floorDiv(nanos, 1_000_000));
    } catch (ArithmeticException e) {
      throw new Refused();
    }
  }

  private long time(Message message) throws Refused {
    return mapping.eventTime() == null ? Event.NO_EVENT_TIME : time(message, mapping.eventTime());
  }

  /** A number or text; null if absent. */
  private @Nullable Object value(Message message, ValueSource source) throws Refused {
    Place place = place(message, ((AtPath) source).path());
    if (place == null || !has(place)) {
      return null;
    }
    Object value = get(place);
    if (value instanceof Message wrapper) {
      return wrapper.getField(wrapper.getDescriptorForType().findFieldByNumber(1));
    }
    FieldDescriptor.Type type = place.field.getType();
    if (type == FieldDescriptor.Type.UINT32 || type == FieldDescriptor.Type.FIXED32) {
      return Integer.toUnsignedLong((Integer) value);
    }
    if (value instanceof ByteString bytes && !bytes.isValidUtf8()) {
      throw new Refused();
    }
    Object text = value instanceof ByteString bytes ? bytes.toString(UTF_8) : value;
    return "".equals(text) ? null : text;
  }

  /** Follows a path; null if a message or element on the way is absent. */
  private @Nullable Place place(Message message, FieldPath path) {
    Place place = null;
    for (Step step : path.steps()) {
      if (step instanceof Field name && place != null && place.field.isMapField()) {
        Message entry = lastEntry(place, name.name());
        if (entry == null) {
          return null;
        }
        place = new Place(entry, entry.getDescriptorForType().findFieldByNumber(2), null);
      } else if (step instanceof Field name) {
        if (place != null && (place.element == null && !has(place))) {
          return null;
        }
        Message in = place == null ? message : (Message) get(place);
        place = new Place(in, in.getDescriptorForType().findFieldByName(name.name()), null);
      } else {
        int index = ((Index) step).index();
        if (index >= place.around.getRepeatedFieldCount(place.field)) {
          return null;
        }
        Object element = place.around.getRepeatedField(place.field, index);
        place = new Place(place.around, place.field, element);
      }
    }
    return place;
  }

  private @Nullable Message lastEntry(Place map, String key) {
    Message last = null;
    for (Object entry : (List<?>) map.around.getField(map.field)) {
      if (key.equals(key((Message) entry))) {
        doubtful |= last != null;
        last = (Message) entry;
      }
    }
    return last;
  }

  private static String key(Message entry) {
    return (String) entry.getField(entry.getDescriptorForType().findFieldByNumber(1));
  }

  private static Object get(Place place) {
    return place.element != null ? place.element : place.around.getField(place.field);
  }

  private static boolean has(Place place) {
    return place.element != null || place.around.hasField(place.field);
  }

  /** A tensor as its type and bytes; null if absent. */
  private static @Nullable String tensor(@Nullable Place place) throws Refused {
    if (place == null) {
      return null;
    }
    FieldDescriptor field = place.field;
    if (field.isRepeated() && place.element == null) {
      List<?> elements = (List<?>) place.around.getField(field);
      return elements(field, elements);
    }
    if (field.getType() == FieldDescriptor.Type.MESSAGE) {
      if (!has(place)) {
        return null;
      }
      Message inner = (Message) get(place);
      return tensor(new Place(inner, inner.getDescriptorForType().getFields().get(0), null));
    }
    boolean isThere = place.element != null || !field.hasPresence() || has(place);
    return isThere ? elements(field, List.of(get(place))) : null;
  }

  /** Tensors by name, or by position. */
  private Map<String, String> all(@Nullable Place place) throws Refused {
    Map<String, String> tensors = new LinkedHashMap<>();
    if (place == null) {
      throw new Refused();
    }
    FieldDescriptor field = place.field;
    if (!field.isRepeated()) {
      if (!has(place)) {
        throw new Refused();
      }
      Message holder = (Message) get(place);
      for (FieldDescriptor inner : holder.getDescriptorForType().getFields()) {
        String tensor = tensor(new Place(holder, inner, null));
        if (tensor != null) {
          tensors.put(inner.getName(), tensor);
        }
      }
      return new TreeMap<>(tensors);
    }
    List<?> items = (List<?>) place.around.getField(field);
    if (items.isEmpty()) {
      throw new Refused();
    }
    Map<String, Boolean> refused = new LinkedHashMap<>();
    for (Object item : items) {
      String name = field.isMapField() ? key((Message) item) : "#" + tensors.size();
      Message around = field.isMapField() ? (Message) item : place.around;
      FieldDescriptor value =
          field.isMapField() ? around.getDescriptorForType().findFieldByNumber(2) : field;
      Place one = new Place(around, value, field.isMapField() ? null : item);
      try {
        String tensor = tensor(one);
        tensors.put(name, tensor == null ? empty(value) : tensor);
        refused.put(name, false);
      } catch (Refused e) {
        doubtful = true;
        refused.put(name, true);
      }
    }
    if (refused.containsValue(true)) {
      throw new Refused();
    }
    return new TreeMap<>(tensors);
  }

  private static String empty(FieldDescriptor field) {
    if (field.getType() == FieldDescriptor.Type.MESSAGE) {
      return empty(field.getMessageType().getFields().get(0));
    }
    return field.getType() == FieldDescriptor.Type.BYTES ? "FLOAT " : type(field) + " ";
  }

  private static String type(FieldDescriptor field) {
    return switch (field.getType()) {
      case FLOAT, BYTES -> "FLOAT";
      case DOUBLE -> "DOUBLE";
      case INT32, SINT32, SFIXED32, ENUM -> "INT32";
      case BOOL -> "BOOL";
      case STRING -> "STRING";
      default -> "INT64";
    };
  }

  private static @Nullable String elements(FieldDescriptor field, List<?> values) throws Refused {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Object value : values) {
      byte[] element = element(field, value);
      bytes.write(element, 0, element.length);
    }
    return bytes.size() == 0
        ? null
        : type(field) + " " + HexFormat.of().formatHex(bytes.toByteArray());
  }

  private static byte[] element(FieldDescriptor field, Object value) throws Refused {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    switch (field.getType()) {
      case FLOAT -> bytes.putInt(Float.floatToRawIntBits((Float) value));
      case DOUBLE -> bytes.putLong(Double.doubleToRawLongBits((Double) value));
      case INT32, SINT32, SFIXED32 -> bytes.putInt((Integer) value);
      case ENUM -> bytes.putInt(((EnumValueDescriptor) value).getNumber());
      case UINT32, FIXED32 -> bytes.putLong(Integer.toUnsignedLong((Integer) value));
      case BOOL -> bytes.put((byte) ((Boolean) value ? 1 : 0));
      case INT64, SINT64, SFIXED64 -> bytes.putLong((Long) value);
      case UINT64, FIXED64 -> {
        if ((Long) value < 0) {
          throw new Refused();
        }
        bytes.putLong((Long) value);
      }
      case STRING -> {
        byte[] utf8 = ((String) value).getBytes(UTF_8);
        return ByteBuffer.allocate(4 + utf8.length).putInt(utf8.length).put(utf8).array();
      }
      default -> {
        ByteString raw = (ByteString) value;
        if (raw.size() % Float.BYTES != 0) {
          throw new Refused();
        }
        return raw.toByteArray();
      }
    }
    byte[] element = new byte[bytes.position()];
    bytes.flip().get(element);
    return element;
  }
}
