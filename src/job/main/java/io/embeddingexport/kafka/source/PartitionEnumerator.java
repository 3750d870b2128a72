package io.embeddingexport.kafka.source;

import io.embeddingexport.kafka.ReadPosition;
import io.embeddingexport.kafka.positions.PartitionStarts;
import io.embeddingexport.kafka.positions.PositionSettings;
import io.embeddingexport.kafka.positions.Start;
import io.embeddingexport.kafka.positions.StartLookup;
import io.embeddingexport.kafka.positions.StartOptions;
import io.embeddingexport.kafka.positions.StartRefusedException;
import io.embeddingexport.kafka.positions.TopicState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Assigns partitions at the group's positions: all of them at every start, one slot's when that
 * slot restarts. For the coordinator's thread; calls to the brokers run on its worker.
 */
final class PartitionEnumerator implements SplitEnumerator<PartitionSplit, SourceState> {
  /** The only slot that makes dead letters of key configs. */
  private static final int KEY_CONFIG_SLOT = 0;

  private final SplitEnumeratorContext<PartitionSplit> context;
  private final StartOptions options;
  private final StartLookup starts;
  private final SourceBounds bounds;
  private final long discoveryMillis;
  private final String groupId;

  /** Topics for which this group had positions, according to the restored checkpoint. */
  private final Set<String> positionedBefore;

  /** The topics as last seen; empty until all partitions have their starts. */
  private Map<String, TopicState> topics = Map.of();

  /** Each slot's first splits; removed once assigned. */
  private final Map<Integer, List<PartitionSplit>> unassigned = new HashMap<>();

  /** All splits of each slot, once assigned. */
  private final Map<Integer, Map<TopicPartition, PartitionSplit>> assigned = new HashMap<>();

  /** Slots whose positions are being read. */
  private final Set<Integer> restarting = new HashSet<>();

  /**
   * @param until null: never
   * @param checkpoint null: none
   */
  PartitionEnumerator(
      SplitEnumeratorContext<PartitionSplit> context,
      PositionSettings positions,
      StartOptions options,
      @Nullable ReadPosition until,
      long discoveryMillis,
      @Nullable SourceState checkpoint) {
    this(
        context,
        positions.groupId(),
        options,
        new PartitionStarts(positions, options),
        SourceBounds.of(positions, until, checkpoint == null ? Map.of() : checkpoint.stops()),
        discoveryMillis,
        checkpoint);
  }

  PartitionEnumerator(
      SplitEnumeratorContext<PartitionSplit> context,
      String groupId,
      StartOptions options,
      StartLookup starts,
      SourceBounds bounds,
      long discoveryMillis,
      @Nullable SourceState checkpoint) {
    this.context = context;
    this.groupId = groupId;
    this.options = options;
    this.starts = starts;
    this.bounds = bounds;
    this.discoveryMillis = discoveryMillis;
    this.positionedBefore =
        checkpoint != null && checkpoint.groupId().equals(groupId) ? checkpoint.topics() : Set.of();
  }

  /** The worker's result at the start. */
  private record Beginning(StartLookup.Starts found, Map<TopicPartition, Long> stops) {}

  @Override
  public void start() {
    int parallelism = context.currentParallelism();
    Set<String> known = new HashSet<>(positionedBefore);
    known.retainAll(options.inputTopics());
    context.callAsync(
        () -> {
          StartLookup.Starts all = starts.all(parallelism, known);
          return new Beginning(all, bounds.of(all.starts().keySet()));
        },
        this::begin);
  }

  private void begin(@Nullable Beginning beginning, @Nullable Throwable failure) {
    Beginning known = require(beginning, failure);
    topics = known.found().topics();
    bounds.set(known.stops());
    add(known.found().starts());
    for (int subtask : context.registeredReaders().keySet()) {
      assign(subtask);
    }
    if (!bounds.areSet() && discoveryMillis > 0) {
      context.callAsync(starts::topics, this::compare, discoveryMillis, discoveryMillis);
    }
  }

  private void add(Map<TopicPartition, Start> starts) {
    new TreeMap<>(byOwner(starts))
        .forEach(
            (subtask, splits) ->
                unassigned.computeIfAbsent(subtask, none -> new ArrayList<>()).addAll(splits));
  }

  private Map<Integer, List<PartitionSplit>> byOwner(Map<TopicPartition, Start> starts) {
    Map<Integer, List<PartitionSplit>> splits = new HashMap<>();
    starts.forEach(
        (partition, start) ->
            splits
                .computeIfAbsent(owner(partition), none -> new ArrayList<>())
                .add(
                    new PartitionSplit(
                        partition,
                        start.offset(),
                        bounds.stop(partition),
                        start.marker().text(),
                        !partition.topic().equals(options.keyConfigTopic()),
                        false)));
    return splits;
  }

  /** Partitions of a topic go round the slots; the first slot makes dead letters of key configs. */
  private int owner(TopicPartition partition) {
    return partition.topic().equals(options.keyConfigTopic())
        ? KEY_CONFIG_SLOT
        : Math.floorMod(
            partition.topic().hashCode() * 31 + partition.partition(),
            context.currentParallelism());
  }

  @Override
  public void addReader(int subtask) {
    Map<TopicPartition, PartitionSplit> before = assigned.remove(subtask);
    if (before == null || before.isEmpty()) {
      assign(subtask);
      return;
    }
    // Its task failed and was restarted alone.
    int parallelism = context.currentParallelism();
    restarting.add(subtask);
    context.callAsync(
        () -> starts.ofSlot(subtask, before.keySet(), parallelism),
        (found, failure) -> {
          restarting.remove(subtask);
          add(require(found, failure));
          assign(subtask);
        });
  }

  private void assign(int subtask) {
    ReaderInfo reader = context.registeredReaders().get(subtask);
    if (topics.isEmpty() || reader == null || restarting.contains(subtask)) {
      return;
    }
    List<PartitionSplit> splits = unassigned.remove(subtask);
    Map<TopicPartition, PartitionSplit> owned =
        assigned.computeIfAbsent(subtask, none -> new HashMap<>());
    if (splits != null) {
      splits.forEach(split -> owned.put(split.partition(), split));
      List<PartitionSplit> compared =
          RestoredSplits.compare(groupId, context.registeredReaders().values(), splits);
      context.assignSplits(new SplitsAssignment<>(Map.of(subtask, compared)));
    }
    if (bounds.areSet()) {
      context.signalNoMoreSplits(subtask);
    }
  }

  /** Finds partitions that were added, and topics that were recreated. */
  private void compare(@Nullable Map<String, TopicState> found, @Nullable Throwable failure) {
    if (failure instanceof StartRefusedException refused) {
      throw refused;
    }
    if (failure != null || found == null) {
      DiscoveryLog.failed(failure);
      return;
    }
    List<TopicPartition> added = new ArrayList<>();
    for (TopicState now : found.values()) {
      TopicState before = topics.get(now.name());
      if (now.name().equals(options.keyConfigTopic())) {
        startAnew(now);
      } else if (!before.id().equals(now.id())) {
        throw StartRefusedException.recreated(now.name(), before.id(), now.id());
      }
      added.addAll(
          now.all().subList(Math.min(before.partitions(), now.partitions()), now.partitions()));
    }
    topics = found;
    if (!added.isEmpty()) {
      int parallelism = context.currentParallelism();
      context.callAsync(() -> starts.added(added, parallelism), this::addDiscovered);
    }
  }

  /**
   * Starts a recreated key-config topic at its beginning. The slot has already claimed the
   * partitions, so no other slot or run can have moved their positions.
   */
  private void startAnew(TopicState keyConfigs) {
    List<PartitionSplit> anew =
        assigned.getOrDefault(KEY_CONFIG_SLOT, Map.of()).values().stream()
            .filter(split -> split.partition().topic().equals(keyConfigs.name()))
            .filter(split -> split.partition().partition() < keyConfigs.partitions())
            .filter(split -> !split.isOf(keyConfigs))
            .map(split -> split.createdAnew(keyConfigs))
            .toList();
    if (!anew.isEmpty()) {
      unassigned.computeIfAbsent(KEY_CONFIG_SLOT, none -> new ArrayList<>()).addAll(anew);
      assign(KEY_CONFIG_SLOT);
    }
  }

  private void addDiscovered(
      @Nullable Map<TopicPartition, Start> found, @Nullable Throwable failure) {
    Map<TopicPartition, Start> all = require(found, failure);
    DiscoveryLog.added(all);
    add(all);
    byOwner(all).keySet().forEach(this::assign);
  }

  private static <T> T require(@Nullable T found, @Nullable Throwable failure) {
    if (failure instanceof RuntimeException said) {
      throw said;
    }
    if (failure != null || found == null) {
      throw new FlinkRuntimeException(
          "the brokers do not say where to start; the job tries again", failure);
    }
    return found;
  }

  @Override
  public void handleSplitRequest(int subtask, @Nullable String host) {
    // Partitions are assigned when readers register, never on request.
  }

  @Override
  public void addSplitsBack(List<PartitionSplit> splits, int subtask) {
    // The slot may have committed more of them by now: only the group has their positions.
  }

  @Override
  public SourceState snapshotState(long checkpoint) {
    // The earlier state holds until this attempt has begun.
    return new SourceState(
        groupId, topics.isEmpty() ? positionedBefore : topics.keySet(), bounds.stops());
  }

  @Override
  public void close() {
    // Clients live only as long as the call that needs them.
  }
}
