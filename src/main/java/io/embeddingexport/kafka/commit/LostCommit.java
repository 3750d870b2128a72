package io.embeddingexport.kafka.commit;

/**
 * A transaction that is not committed, and will not be.
 *
 * @param certain whether it is known to be lost; otherwise nothing tells
 * @param evidence what says so
 */
record LostCommit(PreparedTransaction transaction, boolean certain, String evidence) {}
