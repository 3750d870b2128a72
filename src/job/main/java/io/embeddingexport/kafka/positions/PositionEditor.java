package io.embeddingexport.kafka.positions;

import io.embeddingexport.kafka.PartitionOffsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Shows a job's positions, and changes them by hand. Every call waits for the brokers and throws a
 * {@link KafkaException} if they refuse. For one thread.
 */
public final class PositionEditor implements AutoCloseable {
  private final PositionSettings settings;
  private final StartOptions options;
  private final GroupRules rules;
  private final JobAccess access;
  private final PositionClient client;

  /**
   * @param settings owner of the positions; its run makes the changes
   * @param access what the caller does: a missing permission is a {@link PermissionException}
   */
  public PositionEditor(PositionSettings settings, StartOptions options, JobAccess access) {
    this.settings = settings;
    this.access = access;
    this.options = options;
    this.rules = new GroupRules(settings, options);
    this.client = new PositionClient(settings, "positions");
  }

  /** Decides what to commit. */
  public interface Change {
    /**
     * @param report the group's state, after all transactions of earlier attempts have ended
     * @return the offset to commit by partition; empty: nothing is changed
     */
    Map<TopicPartition, Long> positions(PositionReport report);
  }

  /** The group's state, and the outcome of a start. Changes nothing, waits for nothing. */
  public PositionReport look() throws InterruptedException {
    try {
      Map<String, TopicState> topics = client.topics(options.topics());
      return report(client.visible(TopicState.all(topics.values())), topics);
    } catch (KafkaException e) {
      throw access.explain(e, settings);
    }
  }

  /** First and end offsets of partitions. */
  public PartitionOffsets broker() {
    return client;
  }

  /** Transactions that a change would abort: this job's, and those of the markers found. */
  public List<String> open() throws InterruptedException {
    return client.open(client.visible().markers());
  }

  /**
   * Fences all writers for the group, commits other positions with a new run's marker, and waits
   * until they can be seen.
   *
   * @throws StartRefusedException if consumers have joined the group
   */
  public void apply(Change change) throws InterruptedException {
    try {
      claimAndCommit(change);
    } catch (KafkaException e) {
      throw access.explain(e, settings);
    }
  }

  private void claimAndCommit(Change change) throws InterruptedException {
    GroupRules.requireNone(rules.members(client.members()));
    Map<String, TopicState> topics = client.topics(options.topics());
    List<TopicPartition> partitions = TopicState.all(topics.values());
    Group visible = client.visible(partitions);
    try (Claim claim = client.claim()) {
      // Every announced offset must be committed, and only offsets can be announced.
      Set<TopicPartition> announced = new HashSet<>(partitions);
      announced.retainAll(visible.offsets().keySet());
      claim.announce(visible, announced);
      client.fenceAll(visible.markers());
      Group group = client.visible(partitions);
      Map<TopicPartition, Long> positions = change.positions(report(group, topics));
      if (!positions.isEmpty()) {
        Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>(group.offsets());
        commits.keySet().retainAll(announced);
        commits.putAll(changed(positions, group, topics));
        claim.commit(commits);
        // The broker answers before the new offsets can be seen. A look must not find the old ones.
        client.committed(positions.keySet());
      }
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> changed(
      Map<TopicPartition, Long> positions, Group group, Map<String, TopicState> topics) {
    Map<TopicPartition, OffsetAndMetadata> changed = new HashMap<>();
    positions.forEach(
        (partition, offset) -> {
          TopicState topic = topics.get(partition.topic());
          PositionMarker found = group.marker(partition);
          PositionMarker marker =
              PositionMarker.of(
                  settings,
                  topic,
                  group.known(topic, positions.keySet()),
                  found == null ? 1 : found.parallelism(),
                  found);
          changed.put(partition, new Start(offset, marker).position());
        });
    return changed;
  }

  private PositionReport report(Group group, Map<String, TopicState> topics)
      throws InterruptedException {
    List<TopicPartition> partitions = TopicState.all(topics.values());
    StartRules starts = new StartRules(settings, options, 1, group, client);
    Map<TopicPartition, Start> accepted = starts.judge(partitions, topics);
    Map<TopicPartition, Long> begins = client.begins(partitions);
    Map<TopicPartition, Long> ends = client.ends(partitions);
    List<PositionStatus> all = new ArrayList<>();
    for (TopicPartition partition : partitions) {
      OffsetAndMetadata offset = group.offset(partition);
      PositionStatus.Found found =
          new PositionStatus.Found(
              topics.get(partition.topic()),
              begins.get(partition),
              ends.get(partition),
              offset == null ? null : offset.offset(),
              group.marker(partition));
      Start start = accepted.get(partition);
      String problem = starts.problems().get(partition);
      all.add(
          new PositionStatus(
              partition,
              !options.isKeyConfigTopic(partition.topic()),
              found,
              PositionKind.of(found, settings.transactionalIdPrefix(), problem != null),
              start == null ? null : start.offset(),
              problem));
    }
    return new PositionReport(settings.groupId(), all, ofGroup(group, topics));
  }

  private List<String> ofGroup(Group group, Map<String, TopicState> topics)
      throws InterruptedException {
    List<String> problems = new ArrayList<>();
    add(rules.members(client.members()), problems);
    add(rules.noPositions(group, Set.of(), topics, 1, client), problems);
    return problems;
  }

  private static void add(@Nullable String problem, List<String> problems) {
    if (problem != null) {
      problems.add(problem);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
