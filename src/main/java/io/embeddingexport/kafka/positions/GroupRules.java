package io.embeddingexport.kafka.positions;

import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What must hold of the group as a whole before a job starts. */
record GroupRules(PositionSettings settings, StartOptions options) {

  /**
   * @throws StartRefusedException if consumers have joined the group
   */
  void requireNoMembers(List<String> members) {
    refuse(members(members));
  }

  /**
   * @param hadPositions whether the group is known to have had positions before
   * @throws StartRefusedException if it has none any more
   */
  void requirePositions(Group group, boolean hadPositions, PositionClient client)
      throws InterruptedException {
    refuse(noPositions(group, hadPositions, client));
  }

  private static void refuse(@Nullable String problem) {
    if (problem != null) {
      throw new StartRefusedException(problem);
    }
  }

  /** What is wrong with the group's members; null if it has none. */
  @Nullable String members(List<String> members) {
    return members.isEmpty()
        ? null
        : "group "
            + settings.groupId()
            + " has members, which would commit offsets over the job's positions: "
            + String.join(", ", members)
            + "; stop them, or give the job a group of its own (input.group-id)";
  }

  /**
   * What is wrong if the group has no positions although it should; null if nothing is. Offsets
   * that somebody else committed are judged partition by partition.
   */
  @Nullable String noPositions(Group group, boolean hadPositions, PositionClient client)
      throws InterruptedException {
    if (!group.markers().isEmpty()
        || group.offsets().keySet().stream().anyMatch(this::isInput)
        || !(hadPositions || (settings.transactional() && client.knowsTransactionalIds()))) {
      return null;
    }
    return "group "
        + settings.groupId()
        + " has no positions, although "
        + (hadPositions
            ? "the job's checkpoint says that it had some"
            : "a job with the transactional id prefix "
                + settings.transactionalIdPrefix()
                + " has run before")
        + ": the group was deleted, reset or expired (offsets.retention.minutes of the brokers), or"
        + " input.group-id was changed; say where to start: bin/embedding-export positions set"
        + " --config FILE --to POSITION";
  }

  private boolean isInput(TopicPartition partition) {
    return options.inputTopics().contains(partition.topic());
  }

  /**
   * The newest start wins. A run that another has taken over from must not take over again.
   *
   * @throws StartRefusedException if another has
   */
  void requireNewest(Group group) {
    for (PositionMarker marker : group.markers()) {
      if (marker.prefix().equals(settings.transactionalIdPrefix())
          && marker.after().contains(settings.run().id())) {
        throw new StartRefusedException(
            "run "
                + settings.run()
                + " was superseded by run "
                + marker.run()
                + ", which has the same group "
                + settings.groupId()
                + " and the same transactional id prefix "
                + settings.transactionalIdPrefix()
                + ". It goes on where this one stood, and nothing is lost. If both are to run, give"
                + " each an input.group-id and an output.transactional-id-prefix of its own");
      }
    }
  }
}
