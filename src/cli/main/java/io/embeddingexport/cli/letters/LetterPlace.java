package io.embeddingexport.cli.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.consumer.Origin;
import io.embeddingexport.kafka.letters.DeadLetter;
import io.embeddingexport.kafka.letters.LetterFilter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Where a letter is, as a person names it. */
public sealed interface LetterPlace {

  /** The letter's own position. */
  record OfLetter(int partition, long offset) implements LetterPlace {
    @Override
    public List<DeadLetter> find(LetterTopic topic) throws CommandException, InterruptedException {
      return List.of(topic.at(partition, offset));
    }
  }

  /**
   * Its input's position, without a model.
   *
   * @param input its item is {@link Origin#WHOLE} if none is named: then it is for any
   */
  record OfInput(Origin input) implements LetterPlace {
    @Override
    public List<DeadLetter> find(LetterTopic topic) throws CommandException, InterruptedException {
      List<DeadLetter> found = new ArrayList<>();
      LetterFilter filter =
          new LetterFilter(
              List.of(), List.of(), null, null, input.topic(), input.partition(), input.offset());
      topic.read(
          filter,
          letter -> {
            if (input.item() == Origin.WHOLE || input.item() == letter.item()) {
              found.add(letter);
            }
          });
      if (found.isEmpty()) {
        throw new CommandException(
            "topic '%s' has no letter of input %s%s"
                .formatted(
                    topic.name(),
                    input.input(),
                    input.item() == Origin.WHOLE ? "" : "#" + input.item()));
      }
      return found;
    }
  }

  /**
   * The letters there: one, or each for an item, or for an export, of the input.
   *
   * @throws CommandException if there is none
   */
  List<DeadLetter> find(LetterTopic topic) throws CommandException, InterruptedException;

  /**
   * Reads a place.
   *
   * @param words {@code PARTITION OFFSET}, or {@code TOPIC:PARTITION:OFFSET[#ITEM]}
   * @param command whose arguments they are
   * @throws ParameterException if they are neither
   */
  static LetterPlace parse(List<String> words, CommandSpec command) {
    if (words.size() == 2
        && words.get(0).matches("[0-9]{1,9}")
        && words.get(1).matches("[0-9]{1,18}")) {
      return new OfLetter(Integer.parseInt(words.get(0)), Long.parseLong(words.get(1)));
    }
    Origin input = words.size() == 1 ? Origin.parse(words.get(0).getBytes(UTF_8)) : null;
    if (input != null && input.model() == null) {
      return new OfInput(input);
    }
    throw new ParameterException(
        command.commandLine(),
        "%s: write PARTITION OFFSET of the letter, or TOPIC:PARTITION:OFFSET of its input"
            .formatted(String.join(" ", words)));
  }
}
