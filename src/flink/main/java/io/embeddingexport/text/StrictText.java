package io.embeddingexport.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.embeddingexport.text.Node.Scalar.Kind;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads YAML or JSON text into {@link Node}s, bounded in size and depth. Aliases and repeated
 * fields are problems: their meaning is unclear.
 */
public final class StrictText {
  private static final int MAX_DEPTH = 16;
  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build();
  private static final JsonFactory JSON =
      JsonFactory.builder().streamReadConstraints(LIMITS).build();
  private static final YAMLFactory YAML =
      YAMLFactory.builder()
          .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL) // an omitted value, not one in quotes
          .loaderOptions(yamlLimits())
          .streamReadConstraints(LIMITS)
          .build();
  private static final byte[] UTF8_BOM = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final JsonParser parser;
  private final List<String> problems;

  private StrictText(JsonParser parser, List<String> problems) {
    this.parser = parser;
    this.problems = problems;
  }

  /**
   * Reads every document of {@code text}. Text that begins with a brace is one JSON document; all
   * other text is YAML, with any number of documents separated by {@code ---}.
   *
   * @param maxBytes longest text to read, in bytes
   * @param problems receives each unreadable part, with its line
   * @return the documents read before the first problem
   */
  public static List<Node> read(byte[] text, int maxBytes, List<String> problems) {
    List<Node> documents = new ArrayList<>();
    if (text.length > maxBytes) {
      problems.add(text.length + " bytes of text; at most " + maxBytes + " are read");
      return documents;
    }
    if (isUtf16(text)) {
      problems.add("the text is UTF-16; save it as UTF-8");
      return documents;
    }
    int start = startsWith(text, UTF8_BOM) ? UTF8_BOM.length : 0;
    boolean json = isJson(text, start);
    try (JsonParser parser = (json ? JSON : YAML).createParser(text, start, text.length - start)) {
      StrictText reader = new StrictText(parser, problems);
      while (parser.nextToken() != null) {
        documents.add(reader.node(""));
      }
    } catch (JsonProcessingException e) {
      problems.add(unreadable(e, json ? "JSON" : "YAML"));
    } catch (CharConversionException e) {
      problems.add("the text is not UTF-8; save it as UTF-8");
    } catch (IOException e) {
      problems.add("cannot be read: " + e);
    }
    return documents;
  }

  /**
   * Recognized by its byte order mark, or by a zero byte in its first character, which is ASCII.
   */
  private static boolean isUtf16(byte[] text) {
    return startsWith(text, (byte) 0xfe, (byte) 0xff)
        || startsWith(text, (byte) 0xff, (byte) 0xfe)
        || (text.length > 1 && (text[0] == 0) != (text[1] == 0));
  }

  private static boolean startsWith(byte[] text, byte... start) {
    return text.length >= start.length
        && Arrays.equals(text, 0, start.length, start, 0, start.length);
  }

  private static boolean isJson(byte[] text, int start) {
    for (int i = start; i < text.length; i++) {
      if (text[i] > ' ' || text[i] < 0) {
        return text[i] == '{';
      }
    }
    return false;
  }

  private static LoaderOptions yamlLimits() {
    LoaderOptions options = new LoaderOptions();
    // Bytes are already limited.
    options.setCodePointLimit(Integer.MAX_VALUE);
    options.setNestingDepthLimit(MAX_DEPTH);
    return options;
  }

  private static String unreadable(JsonProcessingException e, String format) {
    int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
    String problem = e.getOriginalMessage();
    if (e.getCause() instanceof MarkedYAMLException yaml && yaml.getProblemMark() != null) {
      // The message begins with the context; the problem itself follows.
      line = yaml.getProblemMark().getLine() + 1;
      problem = yaml.getProblem();
    }
    if (problem.contains("'\\t(TAB)'")) {
      return at(line, "") + "not valid " + format + ": a tab; indent with spaces";
    }
    return at(line, "")
        + "not valid "
        + format
        + ": "
        + problem.lines().findFirst().orElse("unreadable");
  }

  /** Reads the value at the parser's current token, and leaves the parser on its last token. */
  private Node node(String path) throws IOException {
    int line = parser.currentTokenLocation().getLineNr();
    if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
      problems.add(
          at(line, path)
              + "the alias *"
              + SafeText.of(parser.getText())
              + " is not supported; write the value out");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(path, line);
      case START_ARRAY -> sequence(path, line);
      case VALUE_NUMBER_INT -> new Node.Scalar(Kind.INTEGER, parser.getText(), line);
      case VALUE_NUMBER_FLOAT -> new Node.Scalar(Kind.OTHER_NUMBER, parser.getText(), line);
      case VALUE_TRUE, VALUE_FALSE -> new Node.Scalar(Kind.BOOLEAN, parser.getText(), line);
      case VALUE_NULL -> new Node.Scalar(Kind.NULL, "null", line);
      default -> new Node.Scalar(Kind.TEXT, parser.getText(), line);
    };
  }

  private Node mapping(String path, int line) throws IOException {
    Map<String, Node> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      int nameLine = parser.currentTokenLocation().getLineNr();
      parser.nextToken();
      String field = (path.isEmpty() ? "" : path + ".") + SafeText.of(name);
      if (entries.putIfAbsent(name, node(field)) != null) {
        problems.add(at(nameLine, field) + "given twice; remove one");
      }
    }
    return new Node.Mapping(entries, line);
  }

  private Node sequence(String path, int line) throws IOException {
    List<Node> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(path + "[" + items.size() + "]"));
    }
    return new Node.Sequence(items, line);
  }

  /** Start of a problem: {@code "line 3: keys[1].dtype: "}. */
  public static String at(int line, String path) {
    return "line " + line + ": " + (path.isEmpty() ? "" : path + ": ");
  }
}
