/**
 * Whether a run of the export was right: what went in, what must come out, what came out, and each
 * anomaly. The demo, the soak test and the chaos runs are checked by it. It shares no code with the
 * export, or it would repeat its mistakes.
 */
@NullMarked
package io.embeddingexport.audit;

import org.jspecify.annotations.NullMarked;
