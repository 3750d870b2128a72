package io.embeddingexport.keys;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.FeatureId;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.TensorEncoding;
import io.embeddingexport.text.SafeText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The canonical form of a key config, in messages and in state: JSON on one line, fields in a fixed
 * order, no defaults left out, so its meaning stays when defaults change. {@link
 * KeyConfigParser#parse} also reads and checks it.
 */
public final class KeyConfigJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static String write(KeyConfig config) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.getFactory().createGenerator(text)) {
      out.writeStartObject();
      out.writeStringField("model", config.model());
      out.writeNumberField("version", config.version());
      if (config.entityIdKey() != null) {
        writeFeature(out, "entity-id-feature", config.entityIdKey(), config);
      }
      if (config.entityTextKey() != null) {
        writeFeature(out, "entity-id-text-feature", config.entityTextKey(), config);
      }
      if (config.eventTimeKey() != null) {
        writeFeature(out, "event-time-feature", config.eventTimeKey(), config);
      }
      if (config.outputTopic() != null) {
        out.writeStringField("output-topic", config.outputTopic());
      }
      if (!config.consumers().isEmpty()) {
        out.writeArrayFieldStart("consumers");
        for (ConsumerProfile consumer : new TreeSet<>(config.consumers())) {
          out.writeString(consumer.label());
        }
        out.writeEndArray();
      }
      out.writeArrayFieldStart("keys");
      for (KeySpec spec : config.keys()) {
        write(out, spec, config.features().get(spec.key()));
      }
      out.writeEndArray();
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter does not fail", e);
    }
    return text.toString();
  }

  private static void writeFeature(JsonGenerator out, String field, long id, KeyConfig config)
      throws IOException {
    String name = config.features().get(id);
    if (name == null) {
      out.writeNumberField(field, id);
    } else {
      out.writeStringField(field, name);
    }
  }

  private static void write(JsonGenerator out, KeySpec spec, @Nullable String feature)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("name", spec.name());
    out.writeNumberField("key", spec.key());
    if (feature != null) {
      out.writeStringField("feature", feature);
    }
    out.writeStringField("dtype", lower(spec.dataType()));
    out.writeFieldName("shape");
    long[] dims = spec.shape().toArray();
    out.writeArray(dims, 0, dims.length);
    out.writeStringField("encoding", spec.encoding().isTyped() ? "typed" : "raw");
    out.writeBooleanField("optional", spec.optional());
    out.writeStringField("non-finite", lower(spec.nonFinite()));
    out.writeEndObject();
  }

  /**
   * Reads the output of {@link #write} from this release or an earlier one. Nothing else is
   * checked: a config once in force must stay readable, even if the parser has become stricter.
   *
   * @throws IOException if the form is wrong; the message names the field
   */
  public static KeyConfig read(String json) throws IOException {
    JsonNode config = JSON.readTree(json);
    List<KeySpec> keys = new ArrayList<>();
    Map<Long, String> features = new HashMap<>();
    for (JsonNode key : field(config, "keys")) {
      KeySpec spec = spec(key);
      keys.add(spec);
      if (key.has("feature")) {
        features.put(spec.key(), key.get("feature").asText());
      }
    }
    return new KeyConfig(
        field(config, "model").asText(),
        field(config, "version").asLong(),
        keys,
        feature(config.get("entity-id-feature"), features),
        feature(config.get("entity-id-text-feature"), features),
        feature(config.get("event-time-feature"), features),
        config.has("output-topic") ? config.get("output-topic").asText() : null,
        consumers(config.path("consumers")),
        features);
  }

  /** Those that this release knows: they do not matter to records. */
  private static Set<ConsumerProfile> consumers(JsonNode labels) {
    Set<ConsumerProfile> consumers = EnumSet.noneOf(ConsumerProfile.class);
    for (JsonNode label : labels) {
      ConsumerProfile consumer = ConsumerProfile.BY_LABEL.get(label.asText());
      if (consumer != null) {
        consumers.add(consumer);
      }
    }
    return consumers;
  }

  private static @Nullable Long feature(@Nullable JsonNode value, Map<Long, String> features) {
    if (value == null || !value.isTextual()) {
      return value == null ? null : value.asLong();
    }
    long id = FeatureId.of(value.asText());
    features.put(id, value.asText());
    return id;
  }

  private static KeySpec spec(JsonNode key) throws IOException {
    DataType dataType = word(DataType.class, key, "dtype");
    JsonNode shape = field(key, "shape");
    long[] dims = new long[shape.size()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = shape.get(i).asLong();
    }
    boolean typed = field(key, "encoding").asText().equals("typed");
    return new KeySpec(
        field(key, "name").asText(),
        field(key, "key").asLong(),
        dataType,
        Shape.of(dims),
        typed ? TensorEncoding.typed(dataType) : TensorEncoding.standard(dataType),
        field(key, "optional").asBoolean(),
        word(KeySpec.NonFinite.class, key, "non-finite"));
  }

  private static JsonNode field(JsonNode object, String name) throws IOException {
    JsonNode value = object.get(name);
    if (value == null) {
      throw new IOException("a key config without '" + name + "'");
    }
    return value;
  }

  private static <E extends Enum<E>> E word(Class<E> type, JsonNode object, String name)
      throws IOException {
    String word = field(object, name).asText();
    try {
      return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IOException("a key config whose '" + name + "' is " + SafeText.quoted(word), e);
    }
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  private KeyConfigJson() {}
}
