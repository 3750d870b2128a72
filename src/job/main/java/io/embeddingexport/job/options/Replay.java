package io.embeddingexport.job.options;

import io.embeddingexport.kafka.letters.LetterFilter;
import java.util.List;
import org.apache.flink.configuration.Configuration;

/**
 * A run that decides a job's dead letters again, and writes those that become records now. It reads
 * the dead-letter topic to its end, under its own group, so the same replay goes on where it
 * stopped.
 *
 * @param id names the replay; another id begins at the first letter again
 * @param letters that are replayed
 */
public record Replay(String id, LetterFilter letters) {

  /**
   * The settings of the run: the job's, with the dead-letter topic as the input.
   *
   * <p>The filter is a part of the transactional ids. So the positions of a replay are refused to
   * one with the same id and another filter, which would skip letters that it should replay.
   *
   * @param live the job's options
   * @throws InvalidOptionsException naming every problem of the job's options, or else of the id
   */
  public JobSettings settings(JobConfiguration live) throws InvalidOptionsException {
    JobSettings job = JobSettings.of(live);
    if (!SideRun.isName(id)) {
      throw new InvalidOptionsException(
          List.of("--id " + id + ": use letters, digits, '.', '_' and '-', 100 at most"));
    }
    Configuration options = SideRun.options(live, job, SideRun.REPLAY, id);
    options.set(
        JobOptions.OUTPUT_TRANSACTIONAL_ID_PREFIX,
        options.get(JobOptions.OUTPUT_TRANSACTIONAL_ID_PREFIX) + letters.fingerprint() + '.');
    options.set(JobOptions.INPUT_FROM, "earliest");
    options.set(JobOptions.INPUT_UNTIL, "latest");
    options.set(JobOptions.INPUT_ISOLATION, JobOptions.Isolation.READ_COMMITTED);
    return JobSettings.of(options).replaying(letters);
  }
}
