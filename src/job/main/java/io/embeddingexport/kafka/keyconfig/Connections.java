package io.embeddingexport.kafka.keyconfig;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.clients.admin.Admin;

/** Open Kafka clients that are closed together. */
final class Connections implements AutoCloseable {
  private final Deque<Runnable> closing = new ArrayDeque<>();

  Admin add(Admin admin) {
    // Nobody is left to receive the answers to its requests.
    closing.push(() -> admin.close(Duration.ZERO));
    return admin;
  }

  KeyConfigTopicReader add(KeyConfigTopicReader reader) {
    closing.push(reader::close);
    return reader;
  }

  /** Closes as {@link #close} does, and keeps {@code failure} as the one reported. */
  void closeAfter(Throwable failure) {
    try {
      close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** Closes all, the last opened first, even if one fails to close. */
  @Override
  public void close() {
    RuntimeException failure = null;
    while (!closing.isEmpty()) {
      try {
        closing.pop().run();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
