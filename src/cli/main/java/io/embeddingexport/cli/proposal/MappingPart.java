package io.embeddingexport.cli.proposal;

import java.util.List;

/**
 * What a part of the mapping was chosen to be. Immutable.
 *
 * @param yaml the part's line in the mapping; empty: it has none
 * @param others other candidates, for a comment
 */
record MappingPart(String yaml, List<String> others) {
  private static final int SHOWN = 8;

  MappingPart {
    others = others.stream().limit(SHOWN).toList();
  }

  /** The part's lines in a file: what was chosen, and in a comment what it could be too. */
  String lines() {
    return (others.isEmpty() ? "" : "# or: " + String.join(", ", others) + "\n") + yaml;
  }
}
