package io.embeddingexport.job.options;

import io.embeddingexport.event.input.EventInput;
import io.embeddingexport.event.input.InputText;
import io.embeddingexport.event.input.InvalidInputException;
import io.embeddingexport.event.registry.RegistryListener;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The mapping files of a job. Reports every problem of every file.
 *
 * @param texts the valid ones
 * @param topics of those that name topics, in order
 * @param withoutTopics number of those that name none
 */
public record InputFiles(List<InputText> texts, List<String> topics, int withoutTopics) {

  public InputFiles {
    texts = List.copyOf(texts);
    topics = List.copyOf(topics);
  }

  /**
   * Reads mapping files, with the schema files that they name, and compiles each mapping with its
   * schema.
   *
   * @param problems receives a sentence for each problem
   */
  public static InputFiles read(List<String> names, List<String> problems) {
    List<InputText> texts = new ArrayList<>();
    Map<String, String> fileOfTopic = new HashMap<>();
    List<String> topics = new ArrayList<>();
    int withoutTopics = 0;
    for (String name : names) {
      try {
        InputText text = InputText.read(Path.of(name));
        EventInput input = text.parse();
        if (compiles(name, text, input, problems)) {
          texts.add(text);
        }
        withoutTopics += input.topics().isEmpty() ? 1 : 0;
        for (String topic : input.topics()) {
          String first = fileOfTopic.putIfAbsent(topic, name);
          if (first == null) {
            topics.add(topic);
          } else {
            problems.add("%s: topic %s is also in %s; keep one".formatted(name, topic, first));
          }
        }
      } catch (InvalidInputException e) {
        e.problems().forEach(problem -> problems.add(name + ": " + problem));
      } catch (NoSuchFileException e) {
        problems.add(name + ": no such file; check its name");
      } catch (IOException | InvalidPathException e) {
        problems.add(name + ": cannot be read: " + e.getMessage());
      }
    }
    return new InputFiles(texts, topics, withoutTopics);
  }

  private static boolean compiles(
      String name, InputText text, EventInput input, List<String> problems) {
    try {
      input.newDecoder(text.files(), RegistryListener.NONE);
      return true;
    } catch (InvalidInputException e) {
      e.problems().forEach(problem -> problems.add(name + ": with its schema: " + problem));
      return false;
    }
  }
}
