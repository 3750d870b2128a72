package io.embeddingexport.job.checks;

import io.embeddingexport.job.options.JobOptions;
import java.util.List;
import java.util.stream.Collectors;

/** The checks found problems that would make the job fail. */
public final class PreflightException extends Exception {
  private static final long serialVersionUID = 1;

  PreflightException(List<Finding> findings) {
    super(
        findings.stream()
            .filter(finding -> finding.level() == Finding.Level.ERROR)
            .map(Finding::sentence)
            .collect(
                Collectors.joining(
                    "\n  ",
                    "the job was not started:\n  ",
                    "\nbin/embedding-export doctor, with the same options, shows all checks; "
                        + JobOptions.PREFLIGHT_ENABLED.key()
                        + "=false skips them")));
  }
}
