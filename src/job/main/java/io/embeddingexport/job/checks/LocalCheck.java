package io.embeddingexport.job.checks;

import java.time.Duration;
import java.util.List;

/** A check that needs no brokers. */
interface LocalCheck {

  /** Same as {@link Check#name}. */
  String name();

  /**
   * Runs the check, for {@code timeout} at most.
   *
   * @return at least one finding, or none if the job does not use what is checked
   */
  List<Finding> run(PreflightContext context, Duration timeout) throws InterruptedException;
}
