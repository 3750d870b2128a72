/**
 * Commits that are never lost in silence. Flink's committer takes a transaction that the broker
 * refuses to commit for one that was committed before, and goes on; mostly that is right, and after
 * a transaction has expired it is loss. Here each refused commit is looked into.
 */
@NullMarked
package io.embeddingexport.kafka.commit;

import org.jspecify.annotations.NullMarked;
