package io.embeddingexport.cli.proposal;

import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.event.EventMessage;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigYaml;
import io.embeddingexport.text.YamlText;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A mapping and key configs for messages of a topic. Immutable.
 *
 * @param form how the messages are sent, in words
 * @param needsMapping whether they have another form than our own
 * @param mapping its text; our own form's, if none is needed
 * @param files contents of the files that the mapping names; must not be changed
 * @param keyConfigs the text of a file of them
 */
public record Proposal(
    String form,
    boolean needsMapping,
    String mapping,
    Map<String, byte[]> files,
    String keyConfigs) {

  public Proposal {
    files = Map.copyOf(files);
  }

  /**
   * Makes a proposal.
   *
   * @param messages of the topic, with values; at least one
   * @throws CommandException if nothing can be proposed; the message says why
   */
  public static Proposal of(String topic, List<? extends EventMessage> messages, SchemaHint schema)
      throws CommandException {
    SentForm form = new FormFinder(messages, schema).find();
    Probe probe = new Probe(form, messages);
    String parts = form.isOwn() ? "" : parts(form, probe, topic);
    Probed result = probe.of(parts);
    List<KeyConfig> configs = KeyConfigChoice.of(result.events());
    if (configs.isEmpty()) {
      throw new CommandException(
          "no message becomes an event with tensors"
              + (result.problem() == null ? "" : ": " + result.problem())
              + "; write a mapping by hand (docs/events.md)");
    }
    return new Proposal(
        form.title(),
        !form.isOwn(),
        form.head() + parts,
        form.files(),
        configs.stream().map(KeyConfigYaml::write).collect(Collectors.joining("---\n")));
  }

  private static String parts(SentForm form, Probe probe, String topic) throws CommandException {
    List<Candidate> fields = Candidate.all(form.fields());
    MappingPart entityId = new EntityIdChoice(probe).find(fields);
    boolean isKserve = form.head().contains("kserve");
    MappingPart model = new ModelChoice(probe, entityId.yaml()).find(fields, isKserve, topic);
    String before = entityId.yaml() + model.yaml();
    MappingPart eventTime = new EventTimeChoice(probe, before).find(fields);
    List<Candidate> others =
        fields.stream().filter(field -> !isIn(field, before + eventTime.yaml())).toList();
    String tensors =
        new TensorChoices(probe, before + eventTime.yaml())
            .find(form.fields() == null ? null : others);
    return entityId.lines() + model.lines() + eventTime.lines() + tensors;
  }

  /** Whether the lines take the field already: a value can be one part only. */
  private static boolean isIn(Candidate field, String lines) {
    String path = YamlText.of(field.path().toString());
    return lines
        .lines()
        .anyMatch(line -> line.endsWith(": " + path) || line.contains("path: " + path + ","));
  }
}
