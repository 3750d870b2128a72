package io.embeddingexport.chaos.fault;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an instance of the job says of transactions that were not committed, and what it says to do,
 * as an operator reads it (docs/guarantees.md).
 *
 * @param ranges what is lost
 * @param replays the options that each replay command sets over those of the job's file
 * @param instance number of the one that says so, from 1
 * @param instances how many there are
 * @param isAll whether that is all that is lost
 */
record LossMessage(
    List<Range> ranges,
    List<Map<String, String>> replays,
    int instance,
    int instances,
    boolean isAll) {
  private static final Pattern MESSAGE =
      Pattern.compile(
          "\\d+ transactions? (?:was|were) not committed\\..*?docs/guarantees\\.md",
          Pattern.DOTALL);
  private static final Pattern RANGE =
      Pattern.compile("(\\S+) partition (\\d+) offsets (\\d+) to (\\d+) \\((\\d+) messages?\\)");
  private static final Pattern COMMAND =
      Pattern.compile("To write it again: bin/embedding-export run (.*)");
  private static final Pattern INSTANCE = Pattern.compile("what instance (\\d+) of (\\d+) found");

  /**
   * @param last included
   */
  record Range(String topic, int partition, long first, long last, long messages) {}

  /** All different ones in an exception's text or a log, in their order. */
  static List<LossMessage> in(String text) {
    return MESSAGE.matcher(text).results().map(found -> parse(found.group())).distinct().toList();
  }

  long messages() {
    return ranges.stream().mapToLong(Range::messages).sum();
  }

  private static LossMessage parse(String message) {
    List<Range> ranges =
        RANGE
            .matcher(message)
            .results()
            .map(
                range ->
                    new Range(
                        range.group(1),
                        Integer.parseInt(range.group(2)),
                        Long.parseLong(range.group(3)),
                        Long.parseLong(range.group(4)),
                        Long.parseLong(range.group(5))))
            .toList();
    List<Map<String, String>> replays =
        COMMAND
            .matcher(message)
            .results()
            .map(command -> options(command.group(1).strip().split(" +")))
            .toList();
    Matcher instance = INSTANCE.matcher(message);
    boolean one = !instance.find();
    return new LossMessage(
        ranges,
        replays,
        one ? 1 : Integer.parseInt(instance.group(1)),
        one ? 1 : Integer.parseInt(instance.group(2)),
        one);
  }

  private static Map<String, String> options(String[] words) {
    Map<String, String> options = new LinkedHashMap<>();
    List<String> unknown = new ArrayList<>();
    for (int i = 0; i + 1 < words.length; i += 2) {
      String value = words[i + 1];
      switch (words[i]) {
        case "--config" -> {} // the job's own file, which whoever runs the command knows
        case "--from" -> options.put("input.from", value);
        case "--until" -> options.put("input.until", value);
        case "--set" -> {
          String[] option = value.split("=", 2);
          options.put(option[0], option[1]);
        }
        default -> unknown.add(words[i]);
      }
    }
    if (!unknown.isEmpty() || words.length % 2 != 0) {
      throw new FaultException(
          "a replay command that nobody understands: " + String.join(" ", words));
    }
    return Map.copyOf(options);
  }
}
