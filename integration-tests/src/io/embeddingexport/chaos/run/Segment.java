package io.embeddingexport.chaos.run;

import java.util.List;

/** A run and its faults: a long run may consist of several. */
record Segment(Summary summary, List<FaultLine> faults) {}
