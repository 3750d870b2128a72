package io.embeddingexport.text;

import java.util.Collection;
import java.util.Locale;

/** Suggests the intended word for a mistyped one. */
public final class Suggestion {
  private static final int LONGEST_WORD = 64;

  /** {@code "; did you mean 'x'?"}, or the empty text if no candidate is close. */
  public static String of(String word, Collection<String> candidates) {
    String nearest = "";
    int least = Math.max(2, Math.min(word.length(), LONGEST_WORD) / 3) + 1;
    for (String candidate : candidates) {
      int distance = word.length() > LONGEST_WORD ? least : distance(word, candidate);
      if (distance < least) {
        least = distance;
        nearest = candidate;
      }
    }
    return nearest.isEmpty() ? "" : "; did you mean '" + nearest + "'?";
  }

  /** Number of single-character edits that turn one word into the other, ignoring case. */
  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replace, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }

  private Suggestion() {}
}
