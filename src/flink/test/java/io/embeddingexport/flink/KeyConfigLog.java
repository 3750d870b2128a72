package io.embeddingexport.flink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigJson;
import io.embeddingexport.keys.KeyConfigUpdate;
import io.embeddingexport.keys.ModelState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A topic of key configs, of one partition, in memory. Its feeds are what {@link KeyConfigFeed}
 * asks for: what is there at the start comes compacted, what comes later as it was sent.
 * Thread-safe.
 */
final class KeyConfigLog implements AutoCloseable {
  /** A source travels to its tasks by Java serialization, and finds the log again by its number. */
  private static final Map<Integer, KeyConfigLog> LOGS = new ConcurrentHashMap<>();

  private static final AtomicInteger NUMBER = new AtomicInteger();

  static final String TOPIC = "key-configs";

  /** The topic's id until it is created again. */
  static final String FIRST_ID = "id-1";

  private final int number = NUMBER.incrementAndGet();
  private final List<InMemoryFeed> feeds = new ArrayList<>();
  private final Map<Integer, Integer> opened = new HashMap<>();
  private List<ReceivedKeyConfig> messages = new ArrayList<>();
  private String topicId = FIRST_ID;
  private int topics = 1;
  private long now = 1_000;
  private @Nullable Exception failure;

  KeyConfigLog() {
    LOGS.put(number, this);
  }

  KeyConfigSource source() {
    int id = number;
    return subtask -> LOGS.get(id).open(subtask);
  }

  /** Sends a key config under its model. */
  void publish(KeyConfig config) {
    send(config.model().getBytes(UTF_8), KeyConfigJson.write(config).getBytes(UTF_8));
  }

  void retire(String model) {
    send(model.getBytes(UTF_8), null);
  }

  /** Sends what is no key config. */
  void publishInvalid(String model) {
    send(model.getBytes(UTF_8), "{}".getBytes(UTF_8));
  }

  synchronized void send(byte @Nullable [] key, byte @Nullable [] value) {
    now++;
    ReceivedKeyConfig message =
        ReceivedKeyConfig.of(
            new Envelope(key, value, Envelope.NO_HEADERS, now, TOPIC, 0, messages.size()), topicId);
    messages.add(message);
    feeds.forEach(feed -> feed.add(message));
  }

  /** All that was sent. */
  synchronized Envelope[] messages() {
    return messages.stream().map(ReceivedKeyConfig::envelope).toArray(Envelope[]::new);
  }

  /**
   * Deletes the topic and creates it anew: it is empty, and offsets begin at 0 again.
   *
   * @return its id
   */
  synchronized String createAnew() {
    messages = new ArrayList<>();
    topics++;
    topicId = "id-" + topics;
    return topicId;
  }

  /** Every feed fails with this from now on. */
  synchronized void fail(Exception with) {
    failure = with;
    feeds.forEach(feed -> feed.fail(with));
  }

  /** Whether an instance waits for a message now. */
  synchronized boolean isWaitedFor() {
    return feeds.stream().anyMatch(InMemoryFeed::isWaiting);
  }

  /** Feeds that were opened and not closed. */
  synchronized int openFeeds() {
    return feeds.size();
  }

  /** How often the instance opened a feed. */
  synchronized int opened(int subtask) {
    return opened.getOrDefault(subtask, 0);
  }

  private synchronized KeyConfigFeed open(int subtask) {
    opened.merge(subtask, 1, Integer::sum);
    InMemoryFeed feed = new InMemoryFeed(this::closed);
    compacted(messages).forEach(feed::add);
    if (failure != null) {
      feed.fail(failure);
    }
    feeds.add(feed);
    return feed;
  }

  private synchronized void closed(InMemoryFeed feed) {
    feeds.remove(feed);
  }

  /** The greatest version of each model, then its retirement; and every unreadable message. */
  private static List<ReceivedKeyConfig> compacted(List<ReceivedKeyConfig> messages) {
    List<ReceivedKeyConfig> invalid = new ArrayList<>();
    Map<String, ModelState> known = new HashMap<>();
    Map<String, ReceivedKeyConfig> published = new LinkedHashMap<>();
    Map<String, ReceivedKeyConfig> retired = new LinkedHashMap<>();
    for (ReceivedKeyConfig message : messages) {
      if (!(message.message() instanceof KeyConfigUpdate update)) {
        invalid.add(message);
        continue;
      }
      ModelState next = update.over(known.get(update.model()));
      if (next == null) {
        continue;
      }
      known.put(update.model(), next);
      if (next instanceof KeyConfig) {
        published.put(update.model(), message);
        retired.remove(update.model());
      } else {
        retired.put(update.model(), message);
      }
    }
    List<ReceivedKeyConfig> compacted = new ArrayList<>(invalid);
    compacted.addAll(published.values());
    compacted.addAll(retired.values());
    return compacted;
  }

  @Override
  public void close() {
    LOGS.remove(number);
  }
}
