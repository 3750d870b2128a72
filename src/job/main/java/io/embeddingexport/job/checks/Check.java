package io.embeddingexport.job.checks;

import java.util.List;

/** A check that queries the brokers. */
interface Check {

  /** The name in lower case with dashes; docs/doctor.md has a section for it. */
  String name();

  /**
   * Runs the check.
   *
   * @return at least one finding, or none if the job does not use what is checked
   * @throws org.apache.kafka.common.KafkaException if the brokers do not answer
   */
  List<Finding> run(PreflightContext context, Brokers brokers) throws InterruptedException;
}
