package io.embeddingexport.event.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.embeddingexport.event.fields.FieldType;
import io.embeddingexport.event.fields.FieldType.Elements;
import io.embeddingexport.event.fields.FieldType.Group;
import io.embeddingexport.event.fields.FieldType.Leaf;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields that a JSON object has. */
public final class JsonFields {
  private static final int MAX_FIELDS = 10_000;

  private final JsonParser json;
  private int fields;

  private JsonFields(JsonParser json) {
    this.json = json;
  }

  /** The fields of a text; null if it is not one JSON object. */
  public static @Nullable Group of(byte[] text) {
    try (JsonParser json = new JsonParsers().of(text, 0)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      Group group = new JsonFields(json).group();
      return json.nextToken() == null ? group : null;
    } catch (IOException e) {
      return null;
    }
  }

  private Group group() throws IOException {
    Map<String, FieldType> types = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      FieldType type = value();
      if (fields++ < MAX_FIELDS) {
        types.merge(name, type, FieldType::merge);
      }
    }
    return new Group(types);
  }

  private FieldType value() throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> group();
      case START_ARRAY -> {
        FieldType item = Leaf.OTHER;
        while (json.nextToken() != JsonToken.END_ARRAY) {
          item = FieldType.merge(item, value());
        }
        yield new Elements(item);
      }
      case VALUE_NUMBER_INT -> Leaf.WHOLE;
      case VALUE_NUMBER_FLOAT -> Leaf.REAL;
      case VALUE_STRING -> Leaf.TEXT;
      case VALUE_TRUE, VALUE_FALSE -> Leaf.BOOL;
      default -> Leaf.OTHER;
    };
  }
}
