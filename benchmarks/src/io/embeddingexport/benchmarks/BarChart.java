package io.embeddingexport.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * Horizontal bars as an SVG of its own, readable on light and dark pages.
 *
 * @param name of the file, without its ending
 * @param digits after the point
 */
public record BarChart(String name, String title, String unit, int digits, List<Bar> bars) {
  private static final int LABEL = 230;
  private static final int WIDTH = 760;
  private static final int PLOT = 380;
  private static final int ROW = 26;
  private static final int TOP = 46;

  /**
   * A bar, and how far single measurements are from it.
   *
   * @param ours whether it is of this project
   */
  public record Bar(String label, double value, double min, double max, boolean ours) {
    /** The bar of one measurement. */
    public static Bar of(String label, double value, boolean ours) {
      return new Bar(label, value, value, value, ours);
    }
  }

  String svg() {
    StringBuilder svg = new StringBuilder();
    int height = TOP + ROW * bars.size() + 12;
    add(
        svg,
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
        <style>
        text { fill: #24292f } .ours { fill: #0969da } .other { fill: #8c959f } .range { stroke: #57606a }
        @media (prefers-color-scheme: dark) { text { fill: #d0d7de } .range { stroke: #d0d7de } }
        </style>
        <text x="8" y="20" font-size="15" font-weight="bold">%s</text>
        <text x="8" y="38">%s</text>
        """,
        WIDTH,
        height,
        escaped(title),
        escaped(unit));
    double scale = PLOT / bars.stream().mapToDouble(Bar::max).max().orElse(1);
    for (int i = 0; i < bars.size(); i++) {
      bar(svg, bars.get(i), TOP + ROW * i, scale);
    }
    return svg.append("</svg>\n").toString();
  }

  private void bar(StringBuilder svg, Bar bar, int y, double scale) {
    int middle = y + ROW / 2;
    add(
        svg,
        """
        <text x="%d" y="%d" text-anchor="end">%s</text>
        <rect class="%s" x="%d" y="%d" width="%.1f" height="%d"/>
        """,
        LABEL - 8,
        middle + 4,
        escaped(bar.label()),
        bar.ours() ? "ours" : "other",
        LABEL,
        y + 4,
        Math.max(1, bar.value() * scale),
        ROW - 8);
    if (bar.min() < bar.max()) {
      add(
          svg,
          "<line class=\"range\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>%n",
          LABEL + bar.min() * scale,
          LABEL + bar.max() * scale,
          middle,
          middle);
    }
    add(
        svg,
        "<text x=\"%.1f\" y=\"%d\">%s</text>%n",
        LABEL + bar.max() * scale + 8,
        middle + 4,
        String.format(Locale.ROOT, "%,." + digits + "f", bar.value()));
  }

  private static void add(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
