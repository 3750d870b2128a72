package io.embeddingexport.it;

import io.embeddingexport.audit.Report;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * {@link CheckedTraffic} for a job that is not started from Java; {@code
 * integration-tests/containers/check} runs it. Arguments: a file of Kafka client properties, then
 * the topics of events, key configs, records and dead letters, and the prefix of transactional ids.
 * Nobody else may write on these topics.
 *
 * <p>It reads one command a line, and answers each with a line that starts with {@code ok}:
 *
 * <pre>
 * publish VERSION   key configs of all models
 * send COUNT        the next inputs
 * await             until something has come out of every input
 * finish            once the job has ended: prints the counts; any anomaly is an error
 * </pre>
 */
public final class TrafficCommand {
  private TrafficCommand() {}

  public static void main(String[] arguments) throws Exception {
    try (Kafka kafka = Kafka.at(client(Path.of(arguments[0])));
        CheckedTraffic traffic =
            new CheckedTraffic(
                kafka,
                new CheckedTraffic.Topics(
                    arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]))) {
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        System.out.println("ok " + answer(traffic, line.split(" ", -1)));
      }
    }
  }

  private static Map<String, Object> client(Path file) throws Exception {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    Map<String, Object> client = new HashMap<>();
    properties.forEach((name, value) -> client.put((String) name, value));
    return client;
  }

  private static String answer(CheckedTraffic traffic, String[] command) throws Exception {
    return switch (command[0]) {
      case "publish" -> {
        traffic.publish(Long.parseLong(command[1]));
        yield "version " + command[1];
      }
      case "send" -> {
        traffic.send(Integer.parseInt(command[1]));
        yield traffic.sent() + " sent";
      }
      case "await" -> {
        traffic.awaitAll();
        yield traffic.sent() + " came out";
      }
      case "finish" -> counts(traffic.finish());
      default -> throw new IllegalArgumentException("unknown command " + command[0]);
    };
  }

  private static String counts(Report report) {
    if (!report.first().isEmpty()) {
      throw new AssertionError("the checker found: " + report.first());
    }
    return "%d inputs, %d records, %d dead letters, %d tombstones"
        .formatted(report.inputs(), report.records(), report.letters(), report.tombstones());
  }
}
