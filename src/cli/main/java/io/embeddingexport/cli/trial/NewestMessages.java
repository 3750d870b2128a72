package io.embeddingexport.cli.trial;

import io.embeddingexport.cli.clients.ClientOptions;
import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.clients.TopicReader;
import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.kafka.Envelopes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads the newest committed messages of a topic. */
public final class NewestMessages {
  private static final long FARTHER = 8;

  /** Offsets are looked through for messages up to that many. */
  private static final long MOST_OFFSETS = 1_000_000;

  private static final Comparator<Envelope> BY_POSITION =
      Comparator.comparingInt(Envelope::partition).thenComparingLong(Envelope::offset);

  /**
   * The newest messages, by partition and offset: as evenly from the partitions as they have them.
   *
   * @param count at most; fewer if the topic has no more
   */
  public static List<Envelope> read(ClientOptions client, String topic, int count)
      throws CommandException, InterruptedException {
    TopicReader reader = new TopicReader(client, "embedding-export-inputs", topic);
    // Markers of transactions and compacted messages have offsets too.
    for (long offsets = count; ; offsets *= FARTHER) {
      List<Envelope> messages = new ArrayList<>();
      long found = reader.last(offsets, message -> messages.add(Envelopes.of(message)));
      if (messages.size() >= count || found < offsets || offsets >= MOST_OFFSETS) {
        messages.sort(
            Comparator.comparingLong(Envelope::timestampMillis).thenComparing(BY_POSITION));
        List<Envelope> newest =
            new ArrayList<>(
                messages.subList(Math.max(0, messages.size() - count), messages.size()));
        newest.sort(BY_POSITION);
        return newest;
      }
    }
  }

  private NewestMessages() {}
}
