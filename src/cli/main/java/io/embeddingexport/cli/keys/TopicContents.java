package io.embeddingexport.cli.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.embeddingexport.kafka.sink.HeaderNames;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigMessage;
import io.embeddingexport.keys.KeyConfigMessage.Invalid;
import io.embeddingexport.keys.KeyConfigUpdate;
import io.embeddingexport.keys.KeyConfigUpdate.Publish;
import io.embeddingexport.keys.ModelState;
import io.embeddingexport.keys.RetiredModel;
import io.embeddingexport.text.SafeText;
import io.embeddingexport.text.Suggestion;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a key-config topic, message by message, by the version rule of the jobs that
 * follow it, with the messages that should not be there. Compaction keeps the last message of a key
 * whatever its version, so a refused or ignored one is a problem until a good one follows.
 */
final class TopicContents {
  private final Map<String, LiveModel> models = new TreeMap<>();
  private final Map<MessageKey, TopicProblem> problems = new LinkedHashMap<>();

  /**
   * The state of one model.
   *
   * @param position position of its message
   */
  record LiveModel(ModelState entry, MessagePosition position) {}

  /**
   * A message that should not be there.
   *
   * @param model null if the message's key names none
   * @param text the problem, beginning with the position, and the remedy
   */
  record TopicProblem(@Nullable String model, MessagePosition position, String text) {}

  /**
   * The key for compaction.
   *
   * @param key null if the message has none
   * @param offset of a message without key, which no other replaces; else 0
   */
  private record MessageKey(int partition, @Nullable ByteBuffer key, long offset) {
    static MessageKey of(ConsumerRecord<byte[], byte[]> message) {
      return message.key() == null
          ? new MessageKey(message.partition(), null, message.offset())
          : new MessageKey(message.partition(), ByteBuffer.wrap(message.key()), 0);
    }
  }

  /** Takes the next message of a partition. */
  void add(ConsumerRecord<byte[], byte[]> message) {
    MessagePosition position = MessagePosition.of(message);
    KeyConfigMessage decoded =
        KeyConfigMessage.decode(position.toString(), message.key(), message.value());
    TopicProblem problem =
        decoded instanceof Invalid invalid
            ? refused(invalid, position)
            : update((KeyConfigUpdate) decoded, message, position);
    if (problem == null) {
      problems.remove(MessageKey.of(message));
    } else {
      problems.put(MessageKey.of(message), problem);
    }
  }

  private TopicProblem refused(Invalid invalid, MessagePosition position) {
    LiveModel present = invalid.model() == null ? null : models.get(invalid.model());
    return new TopicProblem(
        invalid.model(),
        position,
        invalid.detail() + (present == null ? "" : "; " + lastOfItsModel(present)));
  }

  private @Nullable TopicProblem update(
      KeyConfigUpdate update, ConsumerRecord<byte[], byte[]> message, MessagePosition position) {
    LiveModel present = models.get(update.model());
    ModelState before = present == null ? null : present.entry();
    ModelState next = update.over(before);
    if (next != null) {
      models.put(update.model(), new LiveModel(withStatedVersion(next, message), position));
      return present == null || present.position().partition() == position.partition()
          ? null
          : scattered(update.model(), present.position(), position);
    }
    return update instanceof Publish publish && !publish.config().equals(before)
        ? ignored(publish.config(), present, position)
        : null;
  }

  private static TopicProblem ignored(
      KeyConfig config, LiveModel present, MessagePosition position) {
    return new TopicProblem(
        config.model(),
        position,
        "%s: version %d of model %s is after version %d and is ignored; %s"
            .formatted(
                position,
                config.version(),
                SafeText.quoted(config.model()),
                present.entry().version(),
                lastOfItsModel(present)));
  }

  private static String lastOfItsModel(LiveModel present) {
    return "compaction would keep only this message of the model, so publish a version greater than "
        + present.entry().version();
  }

  private static TopicProblem scattered(
      String model, MessagePosition before, MessagePosition position) {
    return new TopicProblem(
        model,
        position,
        "%s: model %s is in partition %d, too, and messages are ordered only within a partition; use one partition, or publish with one client"
            .formatted(position, SafeText.quoted(model), before.partition()));
  }

  /** Our tombstones name the version they retire, since compaction removes its config. */
  private static ModelState withStatedVersion(
      ModelState entry, ConsumerRecord<byte[], byte[]> message) {
    if (!(entry instanceof RetiredModel retired)) {
      return entry;
    }
    Header header = message.headers().lastHeader(HeaderNames.KEY_CONFIG_VERSION);
    String stated =
        header == null || header.value() == null ? "" : new String(header.value(), US_ASCII);
    return stated.matches("[1-9][0-9]{0,17}") && Long.parseLong(stated) > retired.version()
        ? new RetiredModel(retired.model(), Long.parseLong(stated), retired.outputTopic())
        : retired;
  }

  /** The last valid message of {@code model}; null if there is none. */
  @Nullable LiveModel model(String model) {
    return models.get(model);
  }

  /** The state of {@code model}; null if it is unknown. */
  @Nullable ModelState entry(String model) {
    LiveModel live = models.get(model);
    return live == null ? null : live.entry();
  }

  /** All models, by name. */
  Collection<LiveModel> models() {
    return models.values();
  }

  /** Reports a model that is not on the topic, and suggests the intended one. */
  String unknown(String model, String topic) {
    return "topic '%s' has no model %s%s"
        .formatted(
            topic,
            SafeText.quoted(model),
            models.isEmpty() ? ", and no other" : Suggestion.of(model, models.keySet()));
  }

  /** Messages that should not be there, in reading order. */
  List<TopicProblem> problems() {
    return List.copyOf(problems.values());
  }
}
