package io.embeddingexport.keys;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.embeddingexport.keys.Node.Scalar.Kind;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads YAML or JSON text into {@link Node}s, bounded in size and depth. Aliases and fields given
 * twice are problems: neither says plainly what is meant.
 */
final class KeyConfigText {
  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder().maxNestingDepth(16).build();
  private static final JsonFactory JSON =
      JsonFactory.builder().streamReadConstraints(LIMITS).build();
  private static final YAMLFactory YAML =
      YAMLFactory.builder().loaderOptions(yamlLimits()).streamReadConstraints(LIMITS).build();

  private final JsonParser parser;
  private final List<String> problems;

  private KeyConfigText(JsonParser parser, List<String> problems) {
    this.parser = parser;
    this.problems = problems;
  }

  /**
   * Reads every document of {@code text}: one if it is JSON, which text that begins with a brace is
   * taken for; any number, with {@code ---} between, if it is YAML. What cannot be read is added to
   * {@code problems}.
   */
  static List<Node> read(byte[] text, List<String> problems) {
    List<Node> documents = new ArrayList<>();
    if (text.length > KeyConfigParser.MAX_BYTES) {
      problems.add(
          text.length + " bytes of text; at most " + KeyConfigParser.MAX_BYTES + " are read");
      return documents;
    }
    boolean json = isJson(text);
    try (JsonParser parser = (json ? JSON : YAML).createParser(text)) {
      KeyConfigText reader = new KeyConfigText(parser, problems);
      while (parser.nextToken() != null) {
        documents.add(reader.node(""));
      }
    } catch (JsonProcessingException e) {
      problems.add(unreadable(e, json ? "JSON" : "YAML"));
    } catch (CharConversionException e) {
      problems.add("the text is not UTF-8; save it so");
    } catch (IOException e) {
      problems.add("cannot be read: " + e);
    }
    return documents;
  }

  private static boolean isJson(byte[] text) {
    for (byte b : text) {
      if (b > ' ' || b < 0) {
        return b == '{';
      }
    }
    return false;
  }

  private static LoaderOptions yamlLimits() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(KeyConfigParser.MAX_BYTES);
    options.setNestingDepthLimit(16);
    return options;
  }

  private static String unreadable(JsonProcessingException e, String format) {
    int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
    String problem = e.getOriginalMessage();
    if (e.getCause() instanceof MarkedYAMLException yaml && yaml.getProblemMark() != null) {
      // The message begins with what was being read; the problem itself comes after.
      line = yaml.getProblemMark().getLine() + 1;
      problem = yaml.getProblem();
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
              + Quoted.bare(parser.getText())
              + " is not read; write the value out");
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
      String field = (path.isEmpty() ? "" : path + ".") + Quoted.bare(name);
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

  /** How every problem begins. */
  static String at(int line, String path) {
    return "line " + line + ": " + (path.isEmpty() ? "" : path + ": ");
  }
}
