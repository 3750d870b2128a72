package io.embeddingexport.event.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.text.FieldReader;
import io.embeddingexport.text.Node;
import io.embeddingexport.text.StrictText;
import java.util.ArrayList;
import java.util.List;

/** Mappings for tests. */
public final class Mappings {

  /** The mapping of a YAML text, which must be valid. */
  public static EventMapping parse(String yaml) {
    List<String> problems = new ArrayList<>();
    Node document = StrictText.read(yaml.getBytes(UTF_8), 1 << 20, problems).get(0);
    EventMapping mapping =
        MappingParser.read(
            new FieldReader((Node.Mapping) document, "", MappingParser.FIELDS, problems), problems);
    if (mapping == null) {
      throw new AssertionError(problems);
    }
    return mapping;
  }

  private Mappings() {}
}
