package io.embeddingexport.chaos.run;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Prints how a run goes, and keeps it in files where some are asked for.
 *
 * @param startedNanos of a monotonic clock
 */
record Progress(PrintStream out, @Nullable SegmentFiles files, long startedNanos)
    implements RunListener {
  private static final double MINUTE = 60e9;

  @Override
  public void say(String line) {
    out.println(
        String.format(Locale.ROOT, "%6.1f min  ", (System.nanoTime() - startedNanos) / MINUTE)
            + line);
  }

  @Override
  public void happened(FaultLine fault) throws IOException {
    say(fault.line());
    if (files != null) {
      files.add(fault);
    }
  }

  void finish(Segment segment) throws IOException {
    out.println();
    out.print(ReportText.of(List.of(segment)));
    if (files != null) {
      files.finish(segment);
    }
  }
}
