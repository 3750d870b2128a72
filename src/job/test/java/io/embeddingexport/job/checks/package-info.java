@NullMarked
package io.embeddingexport.job.checks;

import org.jspecify.annotations.NullMarked;
