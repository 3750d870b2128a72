package io.embeddingexport.chaos.run;

import static org.awaitility.Awaitility.await;

import io.embeddingexport.chaos.cluster.SubmittedJob.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The system works again when all that was sent before has come out, committed, and was checked;
 * and of each input partition an event that was sent from now on. So a loss shows at the fault that
 * has brought it about, or the one after.
 *
 * @param job what is known of it now
 * @param next number of the next event that is sent
 * @param missing of how many events with a number less than this one nothing has come out
 * @param furthest greatest number that has come out, by partition
 */
record Recovery(
    Supplier<Optional<Status>> job,
    LongSupplier next,
    LongUnaryOperator missing,
    IntToLongFunction furthest,
    Duration patience) {
  private static final Set<String> ENDS = Set.of("FAILED", "FINISHED", "CANCELED");

  /** An ended job may be followed by one that was just submitted. */
  private static final Duration ENDED = Duration.ofSeconds(20);

  /** Returns how long it took. */
  Duration measure() {
    long from = System.nanoTime();
    long first = next.getAsLong();
    Ending ending = new Ending();
    try {
      await("events from number " + first + " on")
          .atMost(patience)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(50))
          .until(
              () -> {
                ending.look();
                return IntStream.range(0, ChaosTopics.INPUTS)
                        .allMatch(partition -> furthest.applyAsLong(partition) >= first)
                    && missing.applyAsLong(first) == 0;
              });
    } catch (ConditionTimeoutException e) {
      throw new NotRecoveredException(
          "after "
              + patience.toSeconds()
              + " s "
              + missing.applyAsLong(first)
              + " events before number "
              + first
              + " have not come out; the greatest that have, by input partition: "
              + IntStream.range(0, ChaosTopics.INPUTS)
                  .mapToLong(furthest::applyAsLong)
                  .boxed()
                  .toList());
    }
    return Duration.ofNanos(System.nanoTime() - from);
  }

  /** Whether the job has ended, which nobody has told it to. */
  private final class Ending {
    private static final Duration EVERY = Duration.ofSeconds(2);

    private long looked = System.nanoTime();
    private long working = looked;

    void look() {
      long now = System.nanoTime();
      if (now - looked < EVERY.toNanos()) {
        return;
      }
      looked = now;
      Optional<Status> ended = job.get().filter(status -> ENDS.contains(status.state()));
      if (ended.isEmpty()) {
        working = now;
      } else if (now - working > ENDED.toNanos()) {
        throw new NotRecoveredException("the job has ended: " + ended.get());
      }
    }
  }
}
