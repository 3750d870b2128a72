package io.embeddingexport.job.checks;

import static io.embeddingexport.job.checks.Finding.ok;
import static io.embeddingexport.job.checks.Finding.warning;

import io.embeddingexport.event.input.InputText;
import io.embeddingexport.event.input.InvalidInputException;
import io.embeddingexport.event.input.SchemaSource.InRegistry;
import io.embeddingexport.event.registry.RegistrySettings;
import io.embeddingexport.event.registry.SchemaRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether the schema registries of the inputs answer. A warning at most: the job waits for a
 * registry that is down for a while.
 */
final class SchemaRegistryCheck implements LocalCheck {

  @Override
  public String name() {
    return "schema-registry";
  }

  @Override
  public List<Finding> run(PreflightContext context, Duration timeout) {
    List<Finding> findings = new ArrayList<>();
    for (RegistrySettings registry : registries(context.settings().inputs())) {
      String problem = SchemaRegistry.probe(registry);
      findings.add(
          problem == null
              ? ok(name(), registry.url() + " answers")
              : warning(
                  name(), "from here, " + problem, "until then events wait for their schemas"));
    }
    return findings;
  }

  private static Set<RegistrySettings> registries(List<InputText> inputs) {
    Set<RegistrySettings> registries = new LinkedHashSet<>();
    for (InputText input : inputs) {
      try {
        if (input.parse().schema() instanceof InRegistry registry) {
          registries.add(registry.settings());
        }
      } catch (InvalidInputException e) {
        throw new IllegalStateException("settings are valid", e);
      }
    }
    return registries;
  }
}
