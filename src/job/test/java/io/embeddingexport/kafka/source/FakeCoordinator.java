package io.embeddingexport.kafka.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.jspecify.annotations.Nullable;

/**
 * Flink's coordinator of a source, on the test's thread: what the enumerator asks its worker waits
 * until the test lets it go on.
 */
final class FakeCoordinator implements SplitEnumeratorContext<PartitionSplit> {
  /** What readers were told, in order: {@code 0: events-1@40}, {@code 0: no more}. */
  final List<String> told = new ArrayList<>();

  private final int parallelism;
  private final Map<Integer, ReaderInfo> readers = new HashMap<>();
  private final Deque<Call<?>> calls = new ArrayDeque<>();
  private final List<Call<?>> periodic = new ArrayList<>();

  private record Call<T>(Callable<T> work, BiConsumer<T, Throwable> handler) {

    /** Lets the worker do it, and then the coordinator take what it found. */
    void run() {
      T found;
      try {
        found = work.call();
      } catch (Throwable failure) {
        handler.accept(null, failure);
        return;
      }
      handler.accept(found, null);
    }
  }

  FakeCoordinator(int parallelism) {
    this.parallelism = parallelism;
  }

  void register(int subtask, PartitionSplit... restored) {
    readers.put(subtask, ReaderInfo.createReaderInfo(subtask, "host", List.of(restored)));
  }

  void unregister(int subtask) {
    readers.remove(subtask);
  }

  /** Lets the oldest question that waits be answered. */
  void answerNext() {
    calls.remove().run();
  }

  /** Lets time pass until topics are looked at again. */
  void discover() {
    periodic.forEach(Call::run);
  }

  int waiting() {
    return calls.size();
  }

  int periodic() {
    return periodic.size();
  }

  /** What was told since the last call. */
  List<String> take() {
    List<String> taken = List.copyOf(told);
    told.clear();
    return taken;
  }

  @Override
  public int currentParallelism() {
    return parallelism;
  }

  @Override
  public Map<Integer, ReaderInfo> registeredReaders() {
    return readers;
  }

  @Override
  public void assignSplits(SplitsAssignment<PartitionSplit> assignment) {
    assignment
        .assignment()
        .forEach(
            (subtask, splits) -> {
              if (!readers.containsKey(subtask)) {
                throw new IllegalStateException("subtask " + subtask + " has no reader");
              }
              splits.forEach(
                  split ->
                      told.add(
                          subtask
                              + ": "
                              + split.splitId()
                              + '@'
                              + split.next()
                              + (split.isOffCheckpoint() ? " off checkpoint" : "")));
            });
  }

  @Override
  public void signalNoMoreSplits(int subtask) {
    told.add(subtask + ": no more");
  }

  @Override
  public <T> void callAsync(Callable<T> work, BiConsumer<T, Throwable> handler) {
    calls.add(new Call<>(work, handler));
  }

  @Override
  public <T> void callAsync(
      Callable<T> work, BiConsumer<T, Throwable> handler, long delayMillis, long periodMillis) {
    periodic.add(new Call<>(work, handler));
  }

  @Override
  public void runInCoordinatorThread(Runnable runnable) {
    runnable.run();
  }

  @Override
  public SplitEnumeratorMetricGroup metricGroup() {
    return UnregisteredMetricsGroup.createSplitEnumeratorMetricGroup();
  }

  @Override
  public void sendEventToSourceReader(int subtask, @Nullable SourceEvent event) {
    throw new UnsupportedOperationException("the enumerator sends no events");
  }

  @Override
  public void setIsProcessingBacklog(boolean isProcessingBacklog) {
    throw new UnsupportedOperationException();
  }
}
