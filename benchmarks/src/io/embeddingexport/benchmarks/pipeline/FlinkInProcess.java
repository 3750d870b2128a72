package io.embeddingexport.benchmarks.pipeline;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/** A Flink cluster in the contestant's process, the same for all contestants that need one. */
final class FlinkInProcess {

  static Configuration options() {
    Configuration options = new Configuration();
    options.set(RestOptions.BIND_PORT, "0");
    options.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    options.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(8));
    return options;
  }

  private FlinkInProcess() {}
}
