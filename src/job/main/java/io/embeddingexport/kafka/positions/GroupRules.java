package io.embeddingexport.kafka.positions;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules for the group as a whole before a job starts. */
record GroupRules(PositionSettings settings, StartOptions options) {

  /**
   * @param problem null: none
   * @throws StartRefusedException if there is one
   */
  static void requireNone(@Nullable String problem) {
    if (problem != null) {
      throw new StartRefusedException(problem);
    }
  }

  /** The problem with the group's members; null if there is none. */
  @Nullable String members(List<String> members) {
    return members.isEmpty()
        ? null
        : "group "
            + settings.groupId()
            + " has members, which would overwrite the job's positions: "
            + String.join(", ", members)
            + "; stop them, or use another group for the job (input.group-id)";
  }

  /**
   * The problem if the group should have positions but has none; null if there is none. Offsets
   * committed by others are judged partition by partition.
   *
   * @param known topics for which the group had positions, according to a checkpoint
   * @param topics all topics of the job
   * @param slots of the job
   */
  @Nullable String noPositions(
      Group group,
      Set<String> known,
      Map<String, TopicState> topics,
      int slots,
      PositionClient client)
      throws InterruptedException {
    for (String topic : options.inputTopics()) {
      if (known.contains(topic) && group.markers(topic).isEmpty() && !group.hasOffsets(topic)) {
        return noPositions("of topic " + topic, "the job's checkpoint says that it had some");
      }
    }
    if (!settings.transactional()
        || !group.markers().isEmpty()
        || options.inputTopics().stream().anyMatch(group::hasOffsets)) {
      return null;
    }
    int partitions =
        options.inputTopics().stream().mapToInt(name -> topics.get(name).partitions()).sum();
    return client.knowsTransactionalIds(Math.max(slots, partitions))
        ? noPositions(
            "at all",
            "a job with the transactional id prefix "
                + settings.transactionalIdPrefix()
                + " has run before")
        : null;
  }

  private String noPositions(String where, String evidence) {
    return "group "
        + settings.groupId()
        + " has no positions "
        + where
        + ", although "
        + evidence
        + ": the group or the topic was deleted, the group was reset or has expired"
        + " (offsets.retention.minutes of the brokers), or input.group-id was changed; say where to"
        + " start: bin/embedding-export positions set --config FILE --to POSITION";
  }

  /**
   * Lets the newest start win. A superseded run must not take over again.
   *
   * @throws StartRefusedException if another run has taken over
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
                + " and the same transactional id prefix, '"
                + settings.transactionalIdPrefix()
                + "'. It continues where this one stopped, and nothing is lost. Set a different"
                + " input.group-id and output.transactional-id-prefix for each if both must run");
      }
    }
  }
}
