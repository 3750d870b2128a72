/** The commands for key configs: files, and the topic that running jobs follow. */
@NullMarked
package io.embeddingexport.cli.keys;

import org.jspecify.annotations.NullMarked;
