package io.embeddingexport.it.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.it.security.LeastPermissions.Resource;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What a job of a test has on the brokers.
 *
 * @param servers for clients that may do everything
 */
record JobBelongings(String job, String servers, Admin admin) {

  /**
   * What the job has done.
   *
   * @param messages committed ones by topic
   * @param positions of inputs, by group and partition
   * @param open transactional ids
   */
  record JobState(
      String job, Map<String, Integer> messages, Map<String, Long> positions, Set<String> open) {

    /** Number of records and dead letters. */
    long exported() {
      return messages.getOrDefault(Resource.OUTPUT.name(job), 0)
          + messages.getOrDefault(Resource.DEAD_LETTERS.name(job), 0);
    }

    /** Number of inputs that the job has passed. */
    long position() {
      return positions.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** The options of the job, but for the connection. */
  static Map<String, String> options(String job) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("job.name", job);
    options.put("input.topic", Resource.INPUT.name(job));
    options.put("input.group-id", Resource.JOB_GROUP.name(job));
    options.put("output.topic", Resource.OUTPUT.name(job));
    options.put("output.transactional-id-prefix", Resource.JOB_IDS.name(job));
    options.put("dead-letter.topic", Resource.DEAD_LETTERS.name(job));
    options.put("key-config.topic", Resource.KEY_CONFIGS.name(job));
    options.put("flink.parallelism.default", "1");
    options.put("flink.restart-strategy.type", "none");
    options.put("flink.execution.checkpointing.interval", "200 ms");
    return options;
  }

  void send(Resource topic, byte[] value) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      producer.send(new ProducerRecord<>(topic.name(job), value)).get();
    }
  }

  /** Sends a dead letter of bytes that are no event. */
  void sendLetter() throws Exception {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(Resource.DEAD_LETTERS.name(job), new byte[] {1, 2, 3});
    letter
        .headers()
        .add("ee.reason", "undecodable".getBytes(UTF_8))
        .add("ee.topic", Resource.INPUT.name(job).getBytes(UTF_8))
        .add("ee.partition", new byte[] {'0'})
        .add("ee.offset", new byte[] {'0'});
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      producer.send(letter).get();
    }
  }

  /** Commits an offset as another consumer would. */
  void commitOffset() throws Exception {
    admin
        .alterConsumerGroupOffsets(
            Resource.JOB_GROUP.name(job),
            Map.of(new TopicPartition(Resource.INPUT.name(job), 0), new OffsetAndMetadata(0)))
        .all()
        .get();
  }

  /** Leaves a transaction with a record open, as a job that died. */
  void openTransaction() throws Exception {
    KafkaProducer<byte[], byte[]> producer =
        producer(
            Map.of(
                "transactional.id",
                Resource.JOB_IDS.name(job) + "-0-1",
                "transaction.timeout.ms",
                600_000));
    try {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(Resource.OUTPUT.name(job), new byte[1])).get();
    } finally {
      producer.close(Duration.ZERO);
    }
  }

  private KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    Map<String, Object> properties = new HashMap<>(more);
    properties.put("bootstrap.servers", servers);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Topics and their committed messages, how far groups are in the inputs, and open transactions.
   *
   * @param emptyTopics whether topics without messages count
   */
  JobState state(boolean emptyTopics) throws Exception {
    Set<String> topics = new TreeSet<>(admin.listTopics().names().get());
    topics.removeIf(topic -> !topic.startsWith(job + '-'));
    Map<String, Long> positions = new TreeMap<>();
    for (var group : admin.listGroups().all().get()) {
      if (group.groupId().startsWith(job + '-')) {
        admin
            .listConsumerGroupOffsets(group.groupId())
            .partitionsToOffsetAndMetadata()
            .get()
            .forEach(
                (partition, offset) -> {
                  // A job that fails has claimed its positions: nothing is exported yet.
                  if (!partition.topic().equals(Resource.KEY_CONFIGS.name(job))
                      && (offset.offset() > 0 || offset.metadata().isEmpty())) {
                    positions.put(group.groupId() + ' ' + partition, offset.offset());
                  }
                });
      }
    }
    Set<String> open = new TreeSet<>();
    var ongoing = new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING));
    admin.listTransactions(ongoing).all().get().stream()
        .map(transaction -> transaction.transactionalId())
        .filter(id -> id.startsWith(job + '.'))
        .forEach(open::add);
    Map<String, Integer> messages = committed(topics);
    if (!emptyTopics) {
      messages.values().removeIf(count -> count == 0);
    }
    return new JobState(job, messages, positions, open);
  }

  private Map<String, Integer> committed(Set<String> topics) {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", servers, "isolation.level", "read_committed");
    Map<String, Integer> committed = new TreeMap<>();
    topics.forEach(topic -> committed.put(topic, 0));
    if (topics.isEmpty()) {
      return committed;
    }
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          topics.stream()
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Set<TopicPartition> unread = new HashSet<>(partitions);
      while (true) {
        unread.removeIf(partition -> consumer.position(partition) >= ends.get(partition));
        if (unread.isEmpty()) {
          return committed;
        }
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(200))) {
          committed.merge(message.topic(), 1, Integer::sum);
        }
      }
    }
  }
}
