package io.embeddingexport.job.checks;

import static io.embeddingexport.job.checks.Finding.error;
import static io.embeddingexport.job.checks.Finding.ok;
import static io.embeddingexport.job.checks.Finding.warning;

import io.embeddingexport.kafka.admin.RootMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;
import org.jspecify.annotations.Nullable;

/** Whether checkpoints and savepoints have a directory that can be written from here. */
final class StorageCheck implements LocalCheck {
  private static final String SAVEPOINTS = "savepoint-storage";

  @Override
  public String name() {
    return "checkpoint-storage";
  }

  @Override
  public List<Finding> run(PreflightContext context, Duration timeout) throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    String checkpoints = context.flink().get(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
    findings.add(
        checkpoints == null
            ? warning(
                name(),
                "checkpoints are in the JobManager's memory: key configs that are neither in"
                    + " files nor on a topic are lost when it ends",
                "set flink." + CheckpointingOptions.CHECKPOINTS_DIRECTORY.key())
            : run(
                name(), CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints, context, timeout));
    String savepoints = context.flink().get(CheckpointingOptions.SAVEPOINT_DIRECTORY);
    if (savepoints != null) {
      findings.add(
          run(SAVEPOINTS, CheckpointingOptions.SAVEPOINT_DIRECTORY, savepoints, context, timeout));
    }
    return findings;
  }

  private static Finding run(
      String name,
      ConfigOption<String> option,
      String directory,
      PreflightContext context,
      Duration timeout)
      throws InterruptedException {
    return evaluate(
        name, option, directory, context.runsHere(), new StorageProbe(directory).run(timeout));
  }

  /**
   * @param failure the probe's failure; null: it succeeded
   */
  static Finding evaluate(
      String name,
      ConfigOption<String> option,
      String directory,
      boolean runsHere,
      @Nullable Exception failure) {
    if (failure == null) {
      return ok(name, directory + " is writable from this machine");
    }
    if (failure instanceof UnsupportedFileSystemSchemeException) {
      return warning(
          name,
          directory + " is not checked: this machine has no file system of that kind",
          "check on the cluster that it is writable");
    }
    String text =
        "flink."
            + option.key()
            + " = "
            + directory
            + " is not writable from this machine: "
            + RootMessage.of(failure);
    String remedy =
        "check that it exists, has free space and is writable by the job's user on the machines"
            + " it runs on";
    return runsHere ? error(name, text, remedy) : warning(name, text, remedy);
  }
}
