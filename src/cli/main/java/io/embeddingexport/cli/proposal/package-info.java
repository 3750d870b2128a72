/**
 * Proposes a mapping and key configs for messages of a form that is not known. Every guess is tried
 * by the job's own decoder on these messages.
 */
@NullMarked
package io.embeddingexport.cli.proposal;

import org.jspecify.annotations.NullMarked;
