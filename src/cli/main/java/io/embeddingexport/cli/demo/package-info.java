/**
 * The demonstration: a broker and a Flink cluster in this process, a stream of events with faults
 * and a crash, and a check of every output that shares no code with the export.
 */
@NullMarked
package io.embeddingexport.cli.demo;

import org.jspecify.annotations.NullMarked;
