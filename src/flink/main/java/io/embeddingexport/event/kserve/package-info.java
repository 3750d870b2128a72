/**
 * Responses of model servers that speak KServe's Open Inference Protocol (v2): a batch in one
 * message.
 */
@NullMarked
package io.embeddingexport.event.kserve;

import org.jspecify.annotations.NullMarked;
