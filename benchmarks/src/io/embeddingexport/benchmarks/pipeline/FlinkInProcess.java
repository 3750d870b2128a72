package io.embeddingexport.benchmarks.pipeline;

import io.embeddingexport.local.TemporaryDirectory;
import java.io.IOException;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/** A Flink cluster in the contestant's process, the same for all contestants that need one. */
final class FlinkInProcess {

  static Configuration options() throws IOException {
    // As a user has it. In the JobManager's memory each checkpoint is copied several times over.
    TemporaryDirectory checkpoints = TemporaryDirectory.create("benchmark-checkpoints-");
    Runtime.getRuntime().addShutdownHook(new Thread(checkpoints::delete));
    Configuration options = new Configuration();
    options.set(RestOptions.BIND_PORT, "0");
    options.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    options.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(8));
    options.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.path().toUri().toString());
    return options;
  }

  private FlinkInProcess() {}
}
