package io.embeddingexport.kafka.positions;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * {@link StartRules} for one partition.
 *
 * @param begin the first readable offset
 * @param end the offset of the next message
 */
record PartitionRules(
    StartRules rules, TopicState topic, TopicPartition partition, long begin, long end) {

  /**
   * The start offset; null if refused.
   *
   * @param from the value of {@code input.from}; null if it does not apply
   */
  @Nullable Long offset(@Nullable Long from) {
    OffsetAndMetadata committed = rules.group().offset(partition);
    PositionMarker marker = rules.group().marker(partition);
    if (rules.options().isKeyConfigTopic(partition.topic())) {
      boolean same = marker != null && marker.topicId().equals(topic.id());
      return committed != null && same ? committed.offset() : 0L;
    }
    if (committed == null) {
      return from == null ? added() : first(from);
    }
    return marker == null ? foreign(committed) : goOn(committed.offset(), marker);
  }

  private @Nullable Long first(long from) {
    if (from > end) {
      return refuse(
          "the start offset " + from + " is after the partition's end, " + end,
          "name an offset up to " + end);
    }
    return from < begin
        ? refuse(
            "the start offset "
                + from
                + " is before the first offset, "
                + begin
                + ": the inputs "
                + range(from, begin)
                + " are deleted",
            "name an offset from " + begin + " on, or earliest")
        : Long.valueOf(from);
  }

  private @Nullable Long added() {
    int known =
        rules.group().markers(topic.name()).stream()
            .mapToInt(PositionMarker::partitions)
            .max()
            .orElse(0);
    return partition.partition() < known
        ? refuse(
            "group "
                + group()
                + " has no position, although the topic had "
                + known
                + " partitions when positions were last committed: it was deleted, was reset or"
                + " has expired (offsets.retention.minutes of the brokers)",
            "say where it starts: " + set("offset:" + place("OFFSET")))
        : Long.valueOf(begin);
  }

  private @Nullable Long foreign(OffsetAndMetadata committed) {
    return refuse(
        "offset "
            + committed.offset()
            + " of group "
            + group()
            + " is not a position of this job: something else committed it",
        "to start there: bin/embedding-export positions adopt --config FILE; to start elsewhere: "
            + set("POSITION --partition " + partition.topic() + ":" + partition.partition())
            + "; or use another group (input.group-id) if this one belongs to something else");
  }

  private @Nullable Long goOn(long offset, PositionMarker marker) {
    if (!marker.prefix().equals(rules.settings().transactionalIdPrefix())) {
      return refuse(
          "position "
              + offset
              + " of group "
              + group()
              + " is from a job with output.transactional-id-prefix "
              + marker.prefix()
              + " (run "
              + marker.run()
              + ")",
          "use another group for this job (input.group-id); or adopt the positions if it is the"
              + " same job: bin/embedding-export positions adopt --config FILE");
    }
    if (!marker.topicId().equals(topic.id())) {
      return refuse(
          "the topic was re-created: position "
              + offset
              + " belongs to topic id "
              + marker.topicId()
              + ", and the topic's id is now "
              + topic.id(),
          "to read it from its beginning: " + set("earliest --topic " + topic.name()));
    }
    boolean ours = marker.run().id().equals(rules.settings().run().id());
    if (rules.options().mustStartThere() && !ours) {
      return refuse(
          "--from is given, and group " + group() + " has a position, " + offset,
          "leave out --from to continue there, or start elsewhere: " + set("POSITION"));
    }
    if (offset < begin) {
      return refuse(
          "the inputs "
              + range(offset, begin)
              + " are deleted but were not exported: group "
              + group()
              + " is at "
              + offset
              + ", and the topic begins at "
              + begin,
          "to continue without them: " + set("offset:" + place(begin)));
    }
    return offset > end
        ? refuse(
            "group "
                + group()
                + " is at "
                + offset
                + ", and the partition ends at "
                + end
                + ": messages at its end are gone",
            "once the sender has written them again, or if it will not: "
                + set("offset:" + place(end)))
        : Long.valueOf(offset);
  }

  private @Nullable Long refuse(String what, String remedy) {
    return rules.refuse(partition, what, remedy);
  }

  private String group() {
    return rules.settings().groupId();
  }

  private String place(Object offset) {
    return partition.topic() + ":" + partition.partition() + "=" + offset;
  }

  private static String set(String position) {
    return "bin/embedding-export positions set --config FILE --to " + position;
  }

  private static String range(long first, long end) {
    return first + " to " + (end - 1);
  }
}
