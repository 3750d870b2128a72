package io.embeddingexport.job.checks;

import static io.embeddingexport.job.checks.Finding.error;
import static io.embeddingexport.job.checks.Finding.ok;
import static io.embeddingexport.job.checks.Finding.warning;

import io.embeddingexport.text.DurationText;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;

/** Whether checkpoints are taken: without them nothing is committed before the end. */
final class CheckpointingCheck implements LocalCheck {

  @Override
  public String name() {
    return "checkpointing";
  }

  @Override
  public List<Finding> run(PreflightContext context, Duration timeout) {
    Duration interval = context.checkpointInterval();
    String remedy =
        "set flink." + CheckpointingOptions.CHECKPOINTING_INTERVAL.key() + ", for example to 10 s";
    if (!interval.isZero()) {
      return List.of(ok(name(), "every " + DurationText.of(interval)));
    }
    return List.of(
        context.isExactlyOnce() && context.settings().source().until() == null
            ? error(name(), "is off: no transaction would ever be committed", remedy)
            : warning(name(), "is off: the job starts over after a failure", remedy));
  }
}
