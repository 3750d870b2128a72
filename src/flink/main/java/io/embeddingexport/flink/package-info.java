/**
 * Runs the export in Flink: functions that hold key configs, their state, metrics. Knows no
 * connector.
 */
@NullMarked
package io.embeddingexport.flink;

import org.jspecify.annotations.NullMarked;
