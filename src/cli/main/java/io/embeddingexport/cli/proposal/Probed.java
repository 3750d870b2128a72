package io.embeddingexport.cli.proposal;

import io.embeddingexport.cli.trial.SeenEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What messages became by a mapping that was tried. Immutable.
 *
 * @param events those that were decoded
 * @param deletions number of those that delete
 * @param failures number of messages and items that are no events by it
 * @param problem of the first failure, or of the mapping itself; null if there is none
 */
record Probed(List<SeenEvent> events, int deletions, int failures, @Nullable String problem) {
  Probed {
    events = List.copyOf(events);
  }

  boolean hasOnlyLikelyTensors() {
    return failures == 0
        && !events.isEmpty()
        && events.stream()
            .allMatch(
                event ->
                    !event.tensors().isEmpty()
                        && event.tensors().stream().allMatch(tensor -> tensor.isLikely()));
  }
}
