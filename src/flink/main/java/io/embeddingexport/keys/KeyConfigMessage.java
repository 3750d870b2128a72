package io.embeddingexport.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.text.SafeText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.apache.flink.annotation.PublicEvolving;
import org.jspecify.annotations.Nullable;

/**
 * One message of a key-config topic.
 *
 * <pre>
 * key    = model                 UTF-8
 * value  = key config            JSON or YAML of that model, UTF-8, at most 1 MiB: publish
 *        | null                  retire the model
 * </pre>
 */
@PublicEvolving
public sealed interface KeyConfigMessage permits KeyConfigUpdate, KeyConfigMessage.Invalid {

  /**
   * A message that cannot be put in force.
   *
   * @param model the message's key; null if it is missing or not text
   * @param detail every problem and remedy, in one sentence; nothing of the value except the wrong
   *     words
   */
  record Invalid(@Nullable String model, String detail) implements KeyConfigMessage {}

  /**
   * Reads one message. Never throws because of its content.
   *
   * @param source names the message in the detail: topic, partition and offset
   */
  static KeyConfigMessage decode(String source, byte @Nullable [] key, byte @Nullable [] value) {
    String model = key == null ? null : text(key);
    if (model == null) {
      return new Invalid(
          null,
          source
              + (key == null ? ": no key" : ": the key is not UTF-8 text")
              + "; the key of a key config is its model, and 'keys publish' sets it");
    }
    if (model.length() > KeyConfigParser.MAX_NAME_CHARS) {
      return new Invalid(
          model,
          source
              + ": the key has "
              + model.length()
              + " characters, but a model may have at most "
              + KeyConfigParser.MAX_NAME_CHARS
              + "; publish it under its model");
    }
    if (value == null) {
      return new KeyConfigUpdate.Retire(model);
    }
    KeyConfig config;
    try {
      config = KeyConfigParser.parse(source, value);
    } catch (InvalidKeyConfigException e) {
      return new Invalid(model, e.getMessage());
    }
    if (!config.model().equals(model)) {
      return new Invalid(
          model,
          source
              + ": the key is "
              + SafeText.quoted(model)
              + ", but the key config is for model "
              + SafeText.quoted(config.model())
              + "; publish it under its model");
    }
    return new KeyConfigUpdate.Publish(config);
  }

  private static @Nullable String text(byte[] bytes) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
