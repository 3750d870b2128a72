package io.embeddingexport.cli.inputs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.proposal.Proposal;
import io.embeddingexport.cli.proposal.SchemaHint;
import io.embeddingexport.event.input.EventInput;
import io.embeddingexport.event.input.InvalidInputException;
import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.keys.InvalidKeyConfigException;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A proposal as two files: a mapping and key configs.
 *
 * @param input the mapping, as a job reads it
 * @param keyConfigs the key configs, as a job reads them
 */
record ProposedFiles(
    String topic, Proposal proposal, EventInput input, List<KeyConfig> keyConfigs) {

  static ProposedFiles of(String topic, List<Envelope> messages, SchemaHint schema)
      throws CommandException {
    List<Envelope> withValues = messages.stream().filter(m -> m.value() != null).toList();
    if (withValues.isEmpty()) {
      throw new CommandException(
          "all messages have null values: they delete, and show no form; raise --count");
    }
    Proposal proposal = Proposal.of(topic, withValues, schema);
    try {
      return new ProposedFiles(
          topic,
          proposal,
          EventInput.parse("the proposed mapping", proposal.mapping().getBytes(UTF_8)),
          KeyConfigParser.parseAll(
              "the proposed key configs", proposal.keyConfigs().getBytes(UTF_8)));
    } catch (InvalidInputException | InvalidKeyConfigException e) {
      throw new CommandException(
          "a proposal would not be valid: " + e.getMessage() + "; write a mapping by hand");
    }
  }

  void print(PrintWriter out) {
    out.println("they are " + proposal.form());
    out.println();
    if (proposal.needsMapping()) {
      out.println("# " + mappingName());
      out.println(proposal.mapping());
    } else {
      out.println("a job needs no mapping for them, only this option:");
      out.println("input." + proposal.mapping());
    }
    out.println("# " + keysName());
    out.println(proposal.keyConfigs());
  }

  /** Checks that nothing would be replaced. */
  void requireAbsent(Path directory) throws CommandException {
    for (String name : List.of(mappingName(), keysName())) {
      if (Files.exists(directory.resolve(name))) {
        throw new CommandException(
            directory.resolve(name) + " exists; remove it, or name another directory in --save");
      }
    }
  }

  void write(Path directory, PrintWriter out) throws IOException {
    Files.createDirectories(directory);
    if (proposal.needsMapping()) {
      write(directory.resolve(mappingName()), proposal.mapping(), out);
    }
    write(directory.resolve(keysName()), proposal.keyConfigs(), out);
  }

  private static void write(Path file, String text, PrintWriter out) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    out.println("written: " + file);
  }

  private String mappingName() {
    return topic + "-mapping.yaml";
  }

  private String keysName() {
    return topic + "-keys.yaml";
  }
}
