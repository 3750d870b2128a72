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
          "it is to start at offset " + from + ", and ends at " + end,
          "name an offset up to " + end);
    }
    return from < begin
        ? refuse(
            "it is to start at offset "
                + from
                + ", and begins at "
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
                + " no longer says where it stands, although the topic had "
                + known
                + " partitions when positions were last committed: deleted, reset or expired"
                + " (offsets.retention.minutes of the brokers)",
            "say where it starts: " + set("offset:" + place("OFFSET")))
        : Long.valueOf(begin);
  }

  private @Nullable Long foreign(OffsetAndMetadata committed) {
    return refuse(
        "the offset "
            + committed.offset()
            + " of group "
            + group()
            + " is no position of this job: somebody else committed it",
        "to start there: bin/embedding-export positions adopt --config FILE; to start elsewhere: "
            + set("POSITION --partition " + partition.topic() + ":" + partition.partition())
            + "; if the group is another's, give the job one of its own (input.group-id)");
  }

  private @Nullable Long goOn(long offset, PositionMarker marker) {
    if (!marker.prefix().equals(rules.settings().transactionalIdPrefix())) {
      return refuse(
          "the position "
              + offset
              + " of group "
              + group()
              + " is that of a job whose"
              + " output.transactional-id-prefix is "
              + marker.prefix()
              + " (run "
              + marker.run()
              + ")",
          "give this job a group of its own (input.group-id); or, if it is the same job, take its"
              + " positions over: bin/embedding-export positions adopt --config FILE");
    }
    if (!marker.topicId().equals(topic.id())) {
      return refuse(
          "the topic was created anew: position "
              + offset
              + " is of topic id "
              + marker.topicId()
              + ", and the topic has "
              + topic.id(),
          "to read it from its beginning: " + set("earliest --topic " + topic.name()));
    }
    boolean ours = marker.run().id().equals(rules.settings().run().id());
    if (rules.options().mustStartThere() && !ours) {
      return refuse(
          "--from is given, and group " + group() + " has a position, " + offset,
          "leave --from away to go on there, or start elsewhere: " + set("POSITION"));
    }
    if (offset < begin) {
      return refuse(
          "the inputs "
              + range(offset, begin)
              + " are deleted, and were not exported: group "
              + group()
              + " stands at "
              + offset
              + ", and the topic begins at "
              + begin,
          "to go on without them: " + set("offset:" + place(begin)));
    }
    return offset > end
        ? refuse(
            "group "
                + group()
                + " stands at "
                + offset
                + ", and the partition ends at "
                + end
                + ": messages at its end are gone",
            "when the sender has written them again, or will not: " + set("offset:" + place(end)))
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
