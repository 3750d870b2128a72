package io.embeddingexport.kafka.positions;

import io.embeddingexport.flink.types.PartitionStart;
import io.embeddingexport.kafka.PartitionOffsets;
import io.embeddingexport.kafka.admin.Answers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads and commits positions, and ends the open transactions of earlier runs. Every call waits for
 * the brokers and throws a {@link KafkaException} if they refuse. For one thread.
 */
public final class PositionClient implements PartitionOffsets, AutoCloseable {
  private static final Duration ANSWER = Duration.ofSeconds(60);

  /** The brokers' answer for a timestamp after the last message. */
  private static final long NO_SUCH_MESSAGE = -1;

  /** Extra wait after the transaction timeout: brokers look for expired transactions every 10 s. */
  private static final Duration EXPIRY = Duration.ofSeconds(30);

  private final PositionSettings settings;
  private final String name;
  private final Admin admin;
  private final KafkaConsumer<byte[], byte[]> consumer;

  /**
   * @param name suffix of the clients' names, after the group's
   */
  public PositionClient(PositionSettings settings, String name) {
    this.settings = settings;
    this.name = name;
    admin = Admin.create(settings.adminProperties(name));
    try {
      Map<String, Object> properties = settings.consumerProperties(name);
      properties.put("isolation.level", "read_committed");
      consumer =
          new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    } catch (RuntimeException e) {
      admin.close(Duration.ZERO);
      throw e;
    }
  }

  /**
   * The committed offsets. Waits for transactions that are about to commit an offset; the brokers
   * abort those that nobody ends.
   *
   * @throws PositionPendingException if a transaction stays open longer than allowed
   */
  Group committed(Collection<TopicPartition> partitions) {
    try {
      return new Group(
          consumer.committed(Set.copyOf(partitions), settings.transactionTimeout().plus(EXPIRY)));
    } catch (TimeoutException e) {
      throw new PositionPendingException(settings, partitions, e);
    }
  }

  /**
   * The committed offsets of the whole group. Does not wait for pending transactions.
   *
   * <p>Brokers leave out topics that this client may not see, which looks as if nothing were
   * committed. So {@code partitions} are asked for by name, where that is an error. The broker that
   * answers need not be the one that described the topics, and brokers learn of permissions at
   * different times.
   *
   * @param partitions those whose missing offset means something
   * @throws TopicAuthorizationException if one may not be seen
   */
  Group visible(List<TopicPartition> partitions) throws InterruptedException {
    if (partitions.isEmpty()) {
      return visible();
    }
    Map<TopicPartition, OffsetAndMetadata> named =
        Answers.await(
            admin
                .listConsumerGroupOffsets(
                    Map.of(
                        settings.groupId(),
                        new ListConsumerGroupOffsetsSpec().topicPartitions(partitions)))
                .partitionsToOffsetAndMetadata(settings.groupId()));
    // The client leaves out partitions with an error; those with no offset are there, with null.
    Set<String> hidden =
        partitions.stream()
            .filter(partition -> !named.containsKey(partition))
            .map(TopicPartition::topic)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!hidden.isEmpty()) {
      throw new TopicAuthorizationException(
          "the brokers hide the offsets of group "
              + settings.groupId()
              + " for topics "
              + hidden
              + ": the job needs READ on the topics",
          hidden);
    }
    return visible().with(partitions, new Group(named));
  }

  /** The committed offsets of all topics that this client may see. Does not wait. */
  Group visible() throws InterruptedException {
    return new Group(
        Answers.await(
            admin.listConsumerGroupOffsets(settings.groupId()).partitionsToOffsetAndMetadata()));
  }

  /** Client ids of the group's members: consumers that subscribe with its name. */
  public List<String> members() throws InterruptedException {
    try {
      return Answers.await(admin.describeConsumerGroups(List.of(settings.groupId())).all())
          .get(settings.groupId())
          .members()
          .stream()
          .map(member -> member.clientId() + " at " + member.host())
          .toList();
    } catch (GroupIdNotFoundException e) {
      return List.of();
    }
  }

  /**
   * The topics in their current state.
   *
   * @throws UnknownTopicOrPartitionException if one is missing
   * @throws TopicAuthorizationException if one may not be seen
   */
  public Map<String, TopicState> topics(Collection<String> names) throws InterruptedException {
    DescribeTopicsOptions options =
        new DescribeTopicsOptions().timeoutMs(Math.toIntExact(ANSWER.toMillis()));
    Map<String, TopicState> topics = new TreeMap<>();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> answer :
        admin.describeTopics(List.copyOf(names), options).topicNameValues().entrySet()) {
      topics.put(answer.getKey(), topic(answer.getKey(), answer.getValue()));
    }
    return topics;
  }

  /** Kafka's own answers do not name the topic. */
  private static TopicState topic(String name, KafkaFuture<TopicDescription> answer)
      throws InterruptedException {
    try {
      TopicDescription topic = Answers.await(answer);
      return new TopicState(name, topic.topicId(), topic.partitions().size());
    } catch (TopicAuthorizationException e) {
      throw new TopicAuthorizationException(
          "topic " + name + " cannot be read: the job needs READ on it", Set.of(name));
    } catch (UnknownTopicOrPartitionException e) {
      throw new UnknownTopicOrPartitionException("topic " + name + " does not exist", e);
    }
  }

  @Override
  public Map<TopicPartition, Long> begins(Collection<TopicPartition> partitions) {
    return offsets(partitions, OffsetSpec.earliest());
  }

  @Override
  public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
    return offsets(partitions, OffsetSpec.latest());
  }

  @Override
  public Map<TopicPartition, Long> at(long timestampMillis, Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> offsets =
        offsets(partitions, OffsetSpec.forTimestamp(timestampMillis));
    Map<TopicPartition, Long> ends = ends(partitions);
    offsets.replaceAll(
        (partition, offset) -> offset == NO_SUCH_MESSAGE ? ends.get(partition) : offset);
    return offsets;
  }

  private Map<TopicPartition, Long> offsets(
      Collection<TopicPartition> partitions, OffsetSpec which) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, which));
    Map<TopicPartition, Long> offsets = new HashMap<>();
    try {
      Answers.await(admin.listOffsets(asked).all())
          .forEach((partition, found) -> offsets.put(partition, found.offset()));
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
    return offsets;
  }

  /** Ends open transactions under the transactional ids that {@code markers} imply, and more. */
  public void fence(Collection<PositionMarker> markers, Collection<Integer> subtasks)
      throws InterruptedException {
    new LeftoverTransactions(admin, settings).fence(markers, subtasks);
  }

  /**
   * Whether an earlier run has written with the prefix, as far as the coordinators remember.
   *
   * @param slots number that it may have had
   */
  boolean knowsTransactionalIds(int slots) throws InterruptedException {
    return new LeftoverTransactions(admin, settings).isAnyKnown(slots);
  }

  /** Ends all open transactions of this job, and of others that {@code markers} name. */
  void fenceAll(Collection<PositionMarker> markers) throws InterruptedException {
    for (LeftoverTransactions one : leftovers(markers)) {
      one.fenceAll(markers);
    }
  }

  /** The transactions that {@link #fenceAll} would end. */
  List<String> open(Collection<PositionMarker> markers) throws InterruptedException {
    List<String> open = new ArrayList<>();
    for (LeftoverTransactions one : leftovers(markers)) {
      open.addAll(one.open());
    }
    return open;
  }

  private List<LeftoverTransactions> leftovers(Collection<PositionMarker> markers) {
    return Stream.concat(
            Stream.of(settings.transactionalIdPrefix()),
            markers.stream().map(PositionMarker::prefix))
        .distinct()
        .map(prefix -> new LeftoverTransactions(admin, settings.withPrefix(prefix)))
        .toList();
  }

  /** Begins to claim partitions. */
  Claim claim() {
    return settings.transactional()
        ? new TransactionalClaim(settings, name, group())
        : new PlainClaim(admin, settings.groupId());
  }

  /**
   * Checks that a slot may read partitions: their offsets must still be the claimed ones.
   *
   * @param starts the starts claimed by this run
   * @throws FlinkRuntimeException if another run has since claimed one, or an attempt of this run
   *     has moved it
   */
  public void requireClaimed(Collection<PartitionStart> starts) {
    List<TopicPartition> partitions =
        starts.stream().map(start -> new TopicPartition(start.topic(), start.partition())).toList();
    Group group = committed(partitions);
    for (PartitionStart start : starts) {
      TopicPartition partition = new TopicPartition(start.topic(), start.partition());
      PositionMarker marker = group.marker(partition);
      OffsetAndMetadata offset = group.offset(partition);
      if (offset == null
          || offset.offset() != start.next()
          || marker == null
          || !marker.run().id().equals(settings.run().id())) {
        throw new FlinkRuntimeException(
            "run "
                + settings.run()
                + " was to start "
                + partition
                + " at "
                + start.next()
                + ", but group "
                + settings.groupId()
                + " is at "
                + (offset == null ? "no offset" : offset.offset())
                + (marker == null ? "" : ", committed by run " + marker.run())
                + ": another attempt or another run has continued there; the job asks again where"
                + " to start");
      }
    }
  }

  /** The group, for a producer's transaction. */
  public ConsumerGroupMetadata group() {
    return consumer.groupMetadata();
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
    consumer.close(CloseOptions.timeout(Duration.ZERO));
  }
}
