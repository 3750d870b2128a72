package io.embeddingexport.kafka.commit;

import org.apache.flink.core.io.SimpleVersionedSerializer;

/** State that holds one transaction, whatever is read. */
record OneTransaction(PreparedTransaction transaction)
    implements SimpleVersionedSerializer<PreparedTransaction> {
  @Override
  public int getVersion() {
    return 1;
  }

  @Override
  public byte[] serialize(PreparedTransaction other) {
    return new byte[0];
  }

  @Override
  public PreparedTransaction deserialize(int version, byte[] state) {
    return transaction;
  }
}
