package io.embeddingexport.kafka.positions;

import io.embeddingexport.kafka.admin.Answers;
import io.embeddingexport.kafka.transactions.JobTransactions;
import io.embeddingexport.kafka.transactions.TransactionDescriptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaFuture;

/**
 * Aborts transactions left open by an earlier attempt, and fences its producers, so a zombie can no
 * longer write. Their inputs are read again, since their positions are aborted with them.
 *
 * <p>A marker states how many transactional ids its slot used. A slot may have taken more since, in
 * transactions that were never committed. So the coordinators are also asked for the next ids, a
 * window at a time, until they know none in a window. Earlier releases took a new id for every
 * checkpoint: of so many, only ids with an open transaction are fenced.
 */
record LeftoverTransactions(Admin admin, PositionSettings settings) {
  private static final int WINDOW = 8;

  /**
   * Maximum number of ids per slot beyond those in the markers. A slot needs no more than a few.
   */
  private static final int MOST_BEYOND = 64;

  private static final int MOST_DIGITS = 9;

  /**
   * @param markers of all partitions
   * @param subtasks the slots whose ids are fenced
   */
  void fence(Collection<PositionMarker> markers, Collection<Integer> subtasks)
      throws InterruptedException {
    int used = markers.stream().mapToInt(PositionMarker::ids).max().orElse(0);
    List<String> ids = new ArrayList<>();
    for (int subtask : subtasks) {
      for (int n = 0; n < used; n++) {
        ids.add(settings.transactionalId(subtask, n));
      }
    }
    if (settings.transactional() || used > 0) {
      ids.addAll(known(subtasks, used));
    }
    if (!subtasks.isEmpty()) {
      open().stream().filter(id -> subtasks.contains(subtask(id))).forEach(ids::add);
    }
    fence(ids);
  }

  /**
   * Fences with one call per id, all at once: a single call for all takes most of a second per id
   * (Kafka 4.2).
   */
  private void fence(Collection<String> ids) throws InterruptedException {
    List<KafkaFuture<Void>> answers = new ArrayList<>();
    for (String id : new LinkedHashSet<>(ids)) {
      answers.add(admin.fenceProducers(List.of(id)).all());
    }
    for (KafkaFuture<Void> answer : answers) {
      Answers.await(answer);
    }
  }

  /** The slot of an id of the job's sink; none if no slot can have it. */
  private int subtask(String id) {
    String number =
        id.substring(settings.transactionalIdPrefix().length() + 1, id.lastIndexOf('-'));
    return number.length() > MOST_DIGITS ? -1 : Integer.parseInt(number);
  }

  /** Whether any slot has ever written: each takes its first id before it writes. */
  boolean isAnyKnown(int slots) throws InterruptedException {
    return !known(
            IntStream.range(0, slots)
                .mapToObj(subtask -> settings.transactionalId(subtask, 0))
                .toList())
        .isEmpty();
  }

  /**
   * Fences all slots implied by the markers of this prefix, and every other producer with an open
   * transaction under it, such as a release with another id format.
   *
   * @param markers of any prefix
   */
  void fenceAll(Collection<PositionMarker> markers) throws InterruptedException {
    List<PositionMarker> ours =
        markers.stream()
            .filter(marker -> marker.prefix().equals(settings.transactionalIdPrefix()))
            .toList();
    int slots = ours.stream().mapToInt(PositionMarker::parallelism).max().orElse(1);
    fence(ours, IntStream.range(0, slots).boxed().toList());
    fence(open());
  }

  /** Ids of the job's sink with an open transaction, in order. */
  List<String> open() throws InterruptedException {
    return Answers.await(
            admin
                .listTransactions(
                    new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING)))
                .all())
        .stream()
        .map(TransactionListing::transactionalId)
        .filter(new JobTransactions(settings.transactionalIdPrefix()))
        .sorted()
        .toList();
  }

  private List<String> known(Collection<Integer> subtasks, int from) throws InterruptedException {
    List<String> found = new ArrayList<>();
    Set<Integer> open = new HashSet<>(subtasks);
    for (int first = from; !open.isEmpty() && first < from + MOST_BEYOND; first += WINDOW) {
      List<String> asked = new ArrayList<>();
      for (int subtask : open) {
        for (int n = first; n < first + WINDOW; n++) {
          asked.add(settings.transactionalId(subtask, n));
        }
      }
      Set<String> known = known(asked);
      found.addAll(known);
      int next = first;
      open.removeIf(
          subtask -> {
            for (int n = next; n < next + WINDOW; n++) {
              if (known.contains(settings.transactionalId(subtask, n))) {
                return false;
              }
            }
            return true;
          });
    }
    return found;
  }

  private Set<String> known(List<String> ids) throws InterruptedException {
    TransactionDescriptions answers = TransactionDescriptions.ask(admin, ids);
    Set<String> known = new HashSet<>();
    for (String id : ids) {
      if (answers.of(id).isPresent()) {
        known.add(id);
      }
    }
    return known;
  }
}
