package io.embeddingexport.chaos.run;

import java.util.List;

/** A run and its faults: a long run may consist of several. */
record Segment(RunSummary summary, List<FaultLine> faults) {}
