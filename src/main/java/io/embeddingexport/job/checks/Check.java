package io.embeddingexport.job.checks;

import java.util.List;

/** A check that asks the brokers. */
interface Check {

  /** Lower case with dashes; docs/doctor.md has a section of that name. */
  String name();

  /**
   * Looks.
   *
   * @return at least one finding, or none where the job does without what this is about
   * @throws org.apache.kafka.common.KafkaException if the brokers do not answer
   */
  List<Finding> run(PreflightContext context, Brokers brokers) throws InterruptedException;
}
