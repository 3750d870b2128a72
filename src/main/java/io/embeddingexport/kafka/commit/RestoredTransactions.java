package io.embeddingexport.kafka.commit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * All transactions that the committer's state holds, noted while Flink reads it.
 *
 * <p>Flink hands them to the committer by checkpoint, the oldest first: one that failed leaves its
 * transactions to the next. Were each lot settled by itself, a loss in the first would end the job
 * before the second is looked at, and would not name what that has lost.
 *
 * <p>Used by a task's thread only. Flink makes the committer before it reads the state.
 */
final class RestoredTransactions {
  private @Nullable List<PreparedTransaction> noted;

  /** From now on those that are read are noted. */
  void begin() {
    noted = new ArrayList<>();
  }

  /** What was noted; from now on nothing is. */
  List<PreparedTransaction> take() {
    List<PreparedTransaction> taken = noted == null ? List.of() : noted;
    noted = null;
    return taken;
  }

  /** The same serializer, by which what is read is noted. */
  SimpleVersionedSerializer<PreparedTransaction> noting(
      SimpleVersionedSerializer<PreparedTransaction> serializer) {
    return new SimpleVersionedSerializer<>() {
      @Override
      public int getVersion() {
        return serializer.getVersion();
      }

      @Override
      public byte[] serialize(PreparedTransaction transaction) throws IOException {
        return serializer.serialize(transaction);
      }

      @Override
      public PreparedTransaction deserialize(int version, byte[] state) throws IOException {
        PreparedTransaction transaction = serializer.deserialize(version, state);
        if (noted != null) {
          noted.add(transaction);
        }
        return transaction;
      }
    };
  }
}
