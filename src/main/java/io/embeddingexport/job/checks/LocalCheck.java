package io.embeddingexport.job.checks;

import java.time.Duration;
import java.util.List;

/** A check that needs no brokers. */
interface LocalCheck {

  /** As {@link Check#name}. */
  String name();

  /**
   * Looks, for {@code timeout} at most.
   *
   * @return at least one finding, or none where the job does without what this is about
   */
  List<Finding> run(PreflightContext context, Duration timeout) throws InterruptedException;
}
