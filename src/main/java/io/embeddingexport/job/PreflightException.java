package io.embeddingexport.job;

import java.util.List;
import java.util.stream.Collectors;

/** Preflight found what would make the job fail. */
public final class PreflightException extends Exception {
  private static final long serialVersionUID = 1;

  PreflightException(List<Finding> findings) {
    super(
        findings.stream()
            .filter(finding -> finding.level() == Finding.Level.ERROR)
            .map(Finding::text)
            .collect(
                Collectors.joining(
                    "\n  ",
                    "the job was not started:\n  ",
                    "\n" + JobOptions.PREFLIGHT_ENABLED.key() + "=false skips these checks")));
  }
}
