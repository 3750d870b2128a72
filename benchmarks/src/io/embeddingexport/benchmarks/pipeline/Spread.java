package io.embeddingexport.benchmarks.pipeline;

import java.util.Arrays;
import java.util.Locale;

/** Median and range of some values. */
record Spread(double min, double median, double max) {

  static Spread of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(sorted[0], median, sorted[sorted.length - 1]);
  }

  /** The spread of the quotients, element by element. */
  static Spread ofRatios(double[] of, double[] to) {
    double[] ratios = new double[Math.min(of.length, to.length)];
    Arrays.setAll(ratios, i -> of[i] / to[i]);
    return of(ratios);
  }

  String middle(int digits) {
    return String.format(Locale.ROOT, "%,." + digits + "f", median);
  }

  String text(int digits) {
    String number = "%,." + digits + "f";
    return String.format(
        Locale.ROOT, number + " (" + number + " to " + number + ")", median, min, max);
  }
}
