package io.embeddingexport.chaos.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A segment on disk: {@code run.json}, and a line a fault in {@code faults.jsonl}. */
record SegmentFiles(Path directory) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RUN = "run.json";
  private static final String FAULTS = "faults.jsonl";

  /** A directory without a segment. */
  static SegmentFiles create(Path directory) throws IOException {
    Files.createDirectories(directory);
    for (String name : List.of(RUN, FAULTS)) {
      if (Files.exists(directory.resolve(name))) {
        throw new IOException(directory + " has a report already; name another directory");
      }
    }
    return new SegmentFiles(directory);
  }

  void add(FaultLine fault) throws IOException {
    Files.writeString(
        directory.resolve(FAULTS),
        JSON.writeValueAsString(fault) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  void finish(Segment segment) throws IOException {
    Files.writeString(
        directory.resolve(RUN),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(segment.summary()) + "\n");
    Files.writeString(directory.resolve("report.md"), ReportText.of(List.of(segment)));
  }

  Segment read() throws IOException {
    Path run = directory.resolve(RUN);
    if (!Files.exists(run)) {
      throw new IOException(run + " is not there: the run did not come to its end");
    }
    List<FaultLine> faults = new ArrayList<>();
    if (Files.exists(directory.resolve(FAULTS))) {
      for (String line : Files.readAllLines(directory.resolve(FAULTS))) {
        faults.add(JSON.readValue(line, FaultLine.class));
      }
    }
    return new Segment(JSON.readValue(run.toFile(), RunSummary.class), faults);
  }
}
