package io.embeddingexport.export;

import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Selects the models whose events are exported. All other inputs are skipped, including those of an
 * unknown model. Immutable.
 */
public final class ModelFilter {
  /** Exports everything. */
  public static final ModelFilter ALL = new ModelFilter(Set.of());

  private final Set<String> models;

  private ModelFilter(Set<String> models) {
    this.models = models;
  }

  /**
   * A filter that passes these models.
   *
   * @param models empty: all
   */
  public static ModelFilter of(Collection<String> models) {
    return models.isEmpty() ? ALL : new ModelFilter(Set.copyOf(models));
  }

  /**
   * Whether an input is exported.
   *
   * @param model null if unknown
   */
  public boolean passes(@Nullable String model) {
    return models.isEmpty() || (model != null && models.contains(model));
  }

  /** The models that pass; empty: all. */
  public Set<String> models() {
    return models;
  }
}
