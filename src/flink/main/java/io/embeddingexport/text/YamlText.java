package io.embeddingexport.text;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** A text as a value in YAML, in quotes if it needs them. */
public final class YamlText {
  /** Text that YAML reads literally without quotes, unless it is one of {@link #WORDS}. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*");

  /** Words that some YAML parsers read as a boolean, a null or a number. */
  private static final Set<String> WORDS =
      Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null");

  public static String of(String text) {
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

  private YamlText() {}
}
