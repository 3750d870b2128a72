package io.embeddingexport.it.cluster;

import io.embeddingexport.it.BrokerProcess;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** What tells where messages that do not come have been left: for the message of a test. */
final class TopicsSeen {

  /** Each partition's end, how far readers of committed messages come, and every transaction. */
  static String describe(BrokerProcess broker, List<String> topics) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      List<TopicPartition> partitions =
          admin.describeTopics(topics).allTopicNames().get().values().stream()
              .flatMap(
                  topic ->
                      topic.partitions().stream()
                          .map(info -> new TopicPartition(topic.name(), info.partition())))
              .toList();
      Map<TopicPartition, Long> ends = ends(admin, partitions, IsolationLevel.READ_UNCOMMITTED);
      Map<TopicPartition, Long> stable = ends(admin, partitions, IsolationLevel.READ_COMMITTED);
      return partitions.stream()
              .map(at -> at + ": end " + ends.get(at) + ", last stable " + stable.get(at))
              .collect(Collectors.joining("\n"))
          + "\ntransactions that are not over: "
          + admin.listTransactions().all().get().stream()
              .filter(transaction -> !transaction.state().toString().startsWith("Complete"))
              .map(TransactionListing::toString)
              .toList();
    } catch (ExecutionException | InterruptedException e) {
      return "the broker cannot be asked: " + e;
    }
  }

  private static Map<TopicPartition, Long> ends(
      Admin admin, List<TopicPartition> partitions, IsolationLevel isolation)
      throws ExecutionException, InterruptedException {
    return admin
        .listOffsets(
            partitions.stream()
                .collect(Collectors.toMap(Function.identity(), at -> OffsetSpec.latest())),
            new ListOffsetsOptions(isolation))
        .all()
        .get()
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
  }

  private TopicsSeen() {}
}
