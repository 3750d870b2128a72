package io.embeddingexport.job.checks;

import io.embeddingexport.job.options.JobSettings;
import io.embeddingexport.job.options.TestOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.common.acl.AclOperation;
import org.jspecify.annotations.Nullable;

/** A job and topics of a stock cluster of three brokers, for tests to spoil. */
final class Fixture {
  static final int STOCK_BYTES = 1_048_588;
  static final long HOUR = 3_600_000;

  final Configuration options;
  private final List<CheckedTopic> seen = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private final List<String> hidden = new ArrayList<>();

  Fixture(Path directory) throws Exception {
    options = TestOptions.minimal(directory);
    put("events", TopicRole.INPUT, sound());
    put("records", TopicRole.RECORDS, sound());
    put("dead-letters", TopicRole.DEAD_LETTERS, withBytes(STOCK_BYTES + 65_536));
  }

  PreflightContext context() throws Exception {
    return PreflightContext.here(JobSettings.of(options));
  }

  TopicStates topics() {
    return new TopicStates(seen, missing, hidden);
  }

  static TopicSettings sound() {
    return withBytes(STOCK_BYTES);
  }

  static TopicSettings withBytes(long maxMessageBytes) {
    return new TopicSettings(maxMessageBytes, "delete", 2, false, Long.MAX_VALUE, HOUR);
  }

  static TopicSettings withPolicy(String cleanupPolicy) {
    return new TopicSettings(STOCK_BYTES + 65_536, cleanupPolicy, 2, false, Long.MAX_VALUE, HOUR);
  }

  static TopicSettings withTimestamps(boolean appendTime, long oldest, long newest) {
    return new TopicSettings(STOCK_BYTES, "delete", 2, appendTime, oldest, newest);
  }

  void put(String name, TopicRole role, @Nullable TopicSettings settings) {
    put(name, role, 3, Set.of(AclOperation.values()), settings);
  }

  void put(
      String name,
      TopicRole role,
      int replicas,
      @Nullable Set<AclOperation> allowed,
      @Nullable TopicSettings settings) {
    remove(name);
    seen.add(new CheckedTopic(name, role, 2, replicas, replicas, allowed, settings));
  }

  void partitions(String name, int partitions) {
    seen.replaceAll(
        topic ->
            topic.name().equals(name)
                ? new CheckedTopic(
                    name,
                    topic.role(),
                    partitions,
                    topic.replicas(),
                    topic.inSync(),
                    topic.allowed(),
                    topic.settings())
                : topic);
  }

  void replicas(String name, TopicRole role, int replicas, int minInsync) {
    put(
        name,
        role,
        replicas,
        Set.of(AclOperation.values()),
        new TopicSettings(STOCK_BYTES, "delete", minInsync, false, Long.MAX_VALUE, HOUR));
  }

  /** Lets some replicas fall behind. */
  void inSync(String name, int inSync) {
    seen.replaceAll(
        topic ->
            topic.name().equals(name)
                ? new CheckedTopic(
                    name,
                    topic.role(),
                    topic.partitions(),
                    topic.replicas(),
                    inSync,
                    topic.allowed(),
                    topic.settings())
                : topic);
  }

  void allow(String name, TopicRole role, AclOperation... operations) {
    put(name, role, 3, Set.of(operations), sound());
  }

  void miss(String name) {
    remove(name);
    missing.add(name);
  }

  void hide(String name) {
    remove(name);
    hidden.add(name);
  }

  void remove(String name) {
    seen.removeIf(topic -> topic.name().equals(name));
  }
}
