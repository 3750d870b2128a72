package io.embeddingexport.benchmarks.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What one writes by hand: in each thread a consumer and a transactional producer, which sends the
 * consumer's offsets with each transaction. It neither checks its input nor recovers.
 */
final class LoopContestant {

  static void run(ContestantSettings settings, boolean convert, boolean headers) throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < settings.parallelism(); i++) {
      int number = i;
      Thread thread = new Thread(() -> loop(settings, number, convert, headers), "loop-" + i);
      thread.setUncaughtExceptionHandler(
          (failed, failure) -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
          });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void loop(
      ContestantSettings settings, int number, boolean convert, boolean headers) {
    Map<String, Object> producing = settings.producer();
    producing.put("transactional.id", settings.output() + "-" + number);
    try (var consumer =
            new KafkaConsumer<>(
                settings.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var producer =
            new KafkaProducer<>(producing, new ByteArraySerializer(), new ByteArraySerializer())) {
      LibThriftExport thrift = new LibThriftExport();
      List<TopicPartition> partitions =
          consumer.partitionsFor(settings.input()).stream()
              .filter(partition -> partition.partition() % settings.parallelism() == number)
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      producer.initTransactions();
      producer.beginTransaction();
      long interval = Duration.ofMillis(settings.checkpointMillis()).toNanos();
      long began = System.nanoTime();
      while (true) {
        ConsumerRecords<byte[], byte[]> batch = consumer.poll(Duration.ofMillis(100));
        for (ConsumerRecord<byte[], byte[]> in : batch) {
          byte[] value = convert ? thrift.toRecord(in.value()) : in.value();
          producer.send(
              new ProducerRecord<>(
                  settings.output(),
                  null,
                  in.timestamp(),
                  in.key(),
                  value,
                  headers ? JobHeaders.LIKE_THE_JOBS : JobHeaders.NONE));
        }
        if (System.nanoTime() - began >= interval) {
          Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
          for (TopicPartition partition : partitions) {
            offsets.put(partition, new OffsetAndMetadata(consumer.position(partition)));
          }
          producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
          producer.commitTransaction();
          producer.beginTransaction();
          began = System.nanoTime();
        }
      }
    } catch (org.apache.thrift.TException e) {
      throw new IllegalStateException(e);
    }
  }

  private LoopContestant() {}
}
