package io.embeddingexport.kafka.keyconfig;

import io.embeddingexport.flink.ReceivedKeyConfig;
import io.embeddingexport.keys.KeyConfigUpdate.Publish;
import io.embeddingexport.keys.KeyConfigUpdate.Retire;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The compacted contents of a key-config topic: the greatest published version of each model, and
 * its retirement if that came later. A topic read again from its beginning thus takes no model
 * through its past. Otherwise a model retired once and published again would stay retired, since
 * its last version is no longer greater than the known one.
 */
final class CompactedKeyConfigs {
  private final Map<String, Model> models = new LinkedHashMap<>();
  private final List<ReceivedKeyConfig> invalid = new ArrayList<>();

  private static final class Model {
    @Nullable ReceivedKeyConfig published;
    @Nullable ReceivedKeyConfig retired;
  }

  /** Takes the topic's next message. */
  void add(ReceivedKeyConfig received) {
    if (received.message() instanceof Publish publish) {
      Model model = model(publish.model());
      if (model.published == null || publish.config().version() > version(model.published)) {
        model.published = received;
        model.retired = null;
      }
    } else if (received.message() instanceof Retire retire) {
      model(retire.model()).retired = received;
    } else {
      invalid.add(received);
    }
  }

  private Model model(String name) {
    return models.computeIfAbsent(name, unseen -> new Model());
  }

  private static long version(ReceivedKeyConfig published) {
    return ((Publish) published.message()).config().version();
  }

  /** The messages to pass on; unreadable ones come first. */
  List<ReceivedKeyConfig> messages() {
    List<ReceivedKeyConfig> messages = new ArrayList<>(invalid);
    for (Model model : models.values()) {
      if (model.published != null) {
        messages.add(model.published);
      }
      if (model.retired != null) {
        messages.add(model.retired);
      }
    }
    return messages;
  }
}
