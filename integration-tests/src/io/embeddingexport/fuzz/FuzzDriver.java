package io.embeddingexport.fuzz;

import java.util.Locale;

/** What Jazzer calls with each input; {@code integration-tests/fuzz} starts it. */
public final class FuzzDriver {
  private static final FuzzTarget TARGET =
      FuzzTarget.valueOf(
          System.getProperty("fuzz.target").toUpperCase(Locale.ROOT).replace('-', '_'));

  /** Decodes one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    TARGET.decode(input);
  }

  private FuzzDriver() {}
}
