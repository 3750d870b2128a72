@NullMarked
package io.embeddingexport.job;

import org.jspecify.annotations.NullMarked;
