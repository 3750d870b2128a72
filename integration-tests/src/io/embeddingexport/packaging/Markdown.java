package io.embeddingexport.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A page: its links, its code blocks, and the commands it names. */
record Markdown(String text) {
  /** To the end of the line, of the code span, or of a sentence in a comment. */
  private static final Pattern COMMAND = Pattern.compile("bin/embedding-export +([a-z][^`\n]*)");

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(#[^)]*)?\\)");

  static Markdown of(Path file) {
    try {
      return new Markdown(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Targets of its links to files. */
  List<String> links() {
    return LINK.matcher(text)
        .results()
        .map(result -> result.group(1))
        .filter(link -> !link.contains("://"))
        .toList();
  }

  /** The arguments of every {@code bin/embedding-export} in it. */
  List<List<String>> commands() {
    return COMMAND
        .matcher(text)
        .results()
        .map(result -> result.group(1).replaceAll(" *([|<>#].*|…)$", "").strip())
        .map(command -> List.of(command.split(" +")))
        .toList();
  }

  /** The fenced code blocks in {@code language}. */
  List<String> blocks(String language) {
    return Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$")
        .matcher(text)
        .results()
        .map(result -> result.group(1))
        .toList();
  }
}
