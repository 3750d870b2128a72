package io.embeddingexport.chaos.fault;

import io.embeddingexport.chaos.cluster.ChaosCluster;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** What a fault can lay hands on while it happens. */
public interface Stage {
  ChaosCluster cluster();

  Configs configs();

  /** After which the brokers abort a transaction of the job. */
  Duration transactionTimeout();

  /** {@code input.group-id} of the job. */
  String group();

  /** Partitions of the input topic, in their order. */
  List<TopicPartition> inputs();

  /** Lets a time pass: the fault lasts. */
  void hold(Duration time) throws InterruptedException;

  /** A line for whoever watches. */
  void say(String line);

  /** The topic of key configs. */
  interface Configs {
    /** Publishes so many new versions of each model, as fast as it goes. */
    void storm(int versions);

    /** Publishes things that must be refused or ignored: older versions, equal ones, garbage. */
    void junk();

    /** Deletes the topic and creates it anew with older versions than are in force. */
    void reset();
  }
}
