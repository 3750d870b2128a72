package io.embeddingexport.export;

import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which models' events are exported. Every other input is skipped, and so is one whose model is not
 * known. Immutable.
 */
public final class ModelFilter {
  /** Exports whatever comes. */
  public static final ModelFilter ALL = new ModelFilter(Set.of());

  private final Set<String> models;

  private ModelFilter(Set<String> models) {
    this.models = models;
  }

  /**
   * A filter that lets these models pass.
   *
   * @param models none: all of them
   */
  public static ModelFilter of(Collection<String> models) {
    return models.isEmpty() ? ALL : new ModelFilter(Set.copyOf(models));
  }

  /**
   * Whether an input is exported.
   *
   * @param model null if it is not known
   */
  public boolean passes(@Nullable String model) {
    return models.isEmpty() || (model != null && models.contains(model));
  }

  /** The models that pass; none: all of them. */
  public Set<String> models() {
    return models;
  }
}
