package io.embeddingexport.benchmarks.pipeline;

import io.embeddingexport.benchmarks.BarChart;
import io.embeddingexport.benchmarks.BarChart.Bar;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * One workload's measurements. Ratios are made within a round, where what slows the machine slows
 * all, and then reported as median and range.
 */
public final class PipelineReport {
  private record Ratio(Contestant of, Contestant to) {}

  private static final List<Ratio> RATIOS =
      List.of(
          new Ratio(Contestant.JOB_LIVE, Contestant.JOB),
          new Ratio(Contestant.JOB_MODELS, Contestant.JOB_LIVE),
          new Ratio(Contestant.JOB, Contestant.FLINK_IDENTITY),
          new Ratio(Contestant.JOB, Contestant.FLINK_HEADERS),
          new Ratio(Contestant.JOB, Contestant.STREAMS),
          new Ratio(Contestant.JOB, Contestant.STREAMS_HEADERS),
          new Ratio(Contestant.JOB, Contestant.LOOP),
          new Ratio(Contestant.JOB, Contestant.LOOP_HEADERS),
          new Ratio(Contestant.JOB_AS_INPUT, Contestant.JOB),
          new Ratio(Contestant.JOB_LZ4, Contestant.JOB),
          new Ratio(Contestant.JOB_ZSTD, Contestant.JOB),
          new Ratio(Contestant.JOB_JSON, Contestant.JOB),
          new Ratio(Contestant.JOB_AVRO, Contestant.JOB),
          new Ratio(Contestant.JOB_PROTOBUF, Contestant.JOB));

  private final PipelineWorkload workload;
  private final Map<Contestant, List<Measurement>> measured = new EnumMap<>(Contestant.class);

  PipelineReport(PipelineWorkload workload) {
    this.workload = workload;
  }

  /** One measurement, with what it is of. */
  public record Figure(
      String workload, int floats, String contestant, int round, Measurement measured) {}

  /** All that was measured. */
  public List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    measured.forEach(
        (contestant, measurements) -> {
          for (int i = 0; i < measurements.size(); i++) {
            figures.add(
                new Figure(
                    workload.name(),
                    workload.floats(),
                    contestant.id(),
                    i + 1,
                    measurements.get(i)));
          }
        });
    return figures;
  }

  /** Medians, with their ranges. */
  public List<BarChart> charts() {
    String of = ", events of 1x" + workload.floats() + " floats";
    return List.of(
        chart("speed", "Messages a second" + of, "more is better", 0, SPEED),
        chart("cpu", "CPU of the client" + of, "µs a message; less is better", 2, CPU));
  }

  private BarChart chart(
      String name, String title, String unit, int digits, ToDoubleFunction<Measurement> figure) {
    return new BarChart(
        "pipeline-" + workload.name() + "-" + name,
        title,
        unit,
        digits,
        measured.keySet().stream()
            .map(
                contestant -> {
                  Spread spread = Spread.of(values(contestant, figure));
                  return new Bar(
                      contestant.title(),
                      spread.median(),
                      spread.min(),
                      spread.max(),
                      contestant.isThisJob());
                })
            .toList());
  }

  void add(Contestant contestant, Measurement measurement) {
    measured.computeIfAbsent(contestant, c -> new ArrayList<>()).add(measurement);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    line(text, "%n%s events of 1x%d floats%n", workload.name(), workload.floats());
    line(text, "%-62s  %-24s  %s%n", "ratio", "messages/s", "client CPU");
    for (Ratio ratio : RATIOS) {
      if (measured.containsKey(ratio.of()) && measured.containsKey(ratio.to())) {
        line(
            text,
            "%-62s  %-24s  %s%n",
            ratio.of().title() + " / " + ratio.to().title(),
            Spread.ofRatios(values(ratio.of(), SPEED), values(ratio.to(), SPEED)).text(3),
            Spread.ofRatios(values(ratio.of(), CPU), values(ratio.to(), CPU)).text(3));
      }
    }
    line(
        text,
        "%n%-38s %-30s %-22s %-11s %-22s %10s %6s%n",
        "",
        "messages/s",
        "client CPU µs",
        "compiling",
        "broker CPU µs",
        "bytes",
        "GC %");
    for (Contestant contestant : measured.keySet()) {
      line(
          text,
          "%-38s %-30s %-22s %-11s %-22s %10s %6s%n",
          contestant.title(),
          Spread.of(values(contestant, SPEED)).text(0),
          Spread.of(values(contestant, CPU)).text(2),
          Spread.of(values(contestant, Measurement::compilerMicros)).middle(2),
          Spread.of(values(contestant, Measurement::brokerMicros)).text(2),
          Spread.of(values(contestant, Measurement::allocatedBytes)).middle(0),
          Spread.of(values(contestant, Measurement::gcPercent)).middle(1));
    }
    return text.toString();
  }

  private static final ToDoubleFunction<Measurement> SPEED = Measurement::messagesPerSecond;
  private static final ToDoubleFunction<Measurement> CPU = Measurement::clientMicros;

  private double[] values(Contestant contestant, ToDoubleFunction<Measurement> of) {
    return measured.get(contestant).stream().mapToDouble(of).toArray();
  }

  private static void line(StringBuilder text, String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments));
  }
}
