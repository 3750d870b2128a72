package io.embeddingexport.keys;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes a key config as YAML for people to edit: one field per line, defaults left out, keys as
 * numbers, with the feature's name if it has one. {@link KeyConfigParser#parse} turns it back into
 * an equal config.
 */
public final class KeyConfigYaml {
  /** Text that YAML reads literally without quotes, unless it is one of {@link #WORDS}. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*");

  /** Words that some YAML parsers read as a boolean, a null or a number. */
  private static final Set<String> WORDS =
      Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null");

  public static String write(KeyConfig config) {
    StringBuilder yaml = new StringBuilder();
    yaml.append("model: ").append(text(config.model())).append('\n');
    yaml.append("version: ").append(config.version()).append('\n');
    if (config.entityIdKey() != null) {
      yaml.append("entity-id-feature: ").append(feature(config.entityIdKey(), config));
    }
    if (config.entityTextKey() != null) {
      yaml.append("entity-id-text-feature: ").append(feature(config.entityTextKey(), config));
    }
    if (config.eventTimeKey() != null) {
      yaml.append("event-time-feature: ").append(feature(config.eventTimeKey(), config));
    }
    if (config.outputTopic() != null) {
      yaml.append("output-topic: ").append(text(config.outputTopic())).append('\n');
    }
    yaml.append("keys:\n");
    for (KeySpec spec : config.keys()) {
      write(spec, config.features().get(spec.key()), yaml);
    }
    return yaml.toString();
  }

  private static void write(KeySpec spec, @Nullable String feature, StringBuilder yaml) {
    yaml.append("  - name: ").append(text(spec.name())).append('\n');
    yaml.append("    key: ").append(spec.key()).append('\n');
    if (feature != null) {
      yaml.append("    feature: ").append(text(feature)).append('\n');
    }
    yaml.append("    dtype: ").append(lower(spec.dataType())).append('\n');
    yaml.append("    shape: ").append(spec.shape().toString().replace(",", ", ")).append('\n');
    if (spec.encoding().isTyped()) {
      yaml.append("    encoding: typed\n");
    }
    if (spec.optional()) {
      yaml.append("    optional: true\n");
    }
    if (spec.nonFinite() != KeySpec.NonFinite.ACCEPT) {
      yaml.append("    non-finite: ").append(lower(spec.nonFinite())).append('\n');
    }
  }

  private static String feature(long id, KeyConfig config) {
    String name = config.features().get(id);
    return name == null ? id + "\n" : text(name) + " # " + id + "\n";
  }

  private static String text(String text) {
    if (PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT))) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(c -> append(c, quoted));
    return quoted.append('"').toString();
  }

  /** YAML readers refuse unprintable characters, so only letters are kept beyond ASCII. */
  private static void append(int c, StringBuilder quoted) {
    if (c == '"' || c == '\\') {
      quoted.append('\\').append((char) c);
    } else if (c >= ' ' && c < 0x7f || Character.isLetterOrDigit(c)) {
      quoted.appendCodePoint(c);
    } else {
      quoted.append(String.format(c > 0xffff ? "\\U%08x" : "\\u%04x", c));
    }
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  private KeyConfigYaml() {}
}
