/** Events of one vector in other people's formats, and what their libraries take to read them. */
@NullMarked
package io.embeddingexport.benchmarks.formats;

import org.jspecify.annotations.NullMarked;
