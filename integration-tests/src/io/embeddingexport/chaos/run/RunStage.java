package io.embeddingexport.chaos.run;

import io.embeddingexport.chaos.cluster.ChaosCluster;
import io.embeddingexport.chaos.fault.Stage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/** What faults of this run work with. */
record RunStage(
    ChaosCluster cluster,
    Configs configs,
    Duration transactionTimeout,
    String group,
    List<TopicPartition> inputs,
    Consumer<String> listener)
    implements Stage {
  @Override
  public void hold(Duration time) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(time.toNanos());
  }

  @Override
  public void say(String line) {
    listener.accept(line);
  }
}
