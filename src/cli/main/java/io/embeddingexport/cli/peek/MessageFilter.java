package io.embeddingexport.cli.peek;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.cli.peek.PeekedMessage.Exported;
import io.embeddingexport.cli.peek.PeekedMessage.Input;
import io.embeddingexport.consumer.Origin;
import io.embeddingexport.datarecord.DataRecordView;
import io.embeddingexport.event.DecodeResult;
import io.embeddingexport.event.DecodedItems;
import io.embeddingexport.event.Deletion;
import io.embeddingexport.event.Event;
import io.embeddingexport.flink.types.Envelope;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Which messages are printed: those that have everything that is not null here. Immutable.
 *
 * @param model of an event, or of a record, tombstone or dead letter, as its headers say
 * @param key the Kafka key, as it is printed: text, or {@code 0x} and hex
 * @param feature id that a record has a value for
 */
public record MessageFilter(@Nullable String model, @Nullable String key, @Nullable Long feature)
    implements Predicate<PeekedMessage> {

  @Override
  public boolean test(PeekedMessage peeked) {
    return (model == null || hasModel(peeked, model))
        && (key == null || key.equals(BytesForm.text(peeked.message().key())))
        && (feature == null || hasFeature(peeked, feature));
  }

  private static boolean hasModel(PeekedMessage peeked, String model) {
    return peeked.content() instanceof Input input
        ? hasModel(input.result(), model)
        : model.equals(model(peeked.message()));
  }

  /** Whether an event, or one of several, is of the model. */
  private static boolean hasModel(DecodeResult result, String model) {
    return result instanceof DecodedItems items
            && items.items().stream().anyMatch(item -> hasModel(item, model))
        || result instanceof Event event && event.model().equals(model)
        || result instanceof Deletion deletion && deletion.model().equals(model);
  }

  /** The model that a message's headers name; null if they name none. */
  private static @Nullable String model(ConsumerRecord<byte[], byte[]> message) {
    Origin origin = Origin.of(message.headers());
    if (origin != null && origin.model() != null) {
      return origin.model();
    }
    Header header = message.headers().lastHeader(Envelope.MODEL_HEADER);
    return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
  }

  private static boolean hasFeature(PeekedMessage peeked, long feature) {
    return peeked.content() instanceof Exported exported
        && (exported.record().binaryFeatures().contains(feature)
            || maps(exported.record()).anyMatch(map -> map.containsKey(feature)));
  }

  private static Stream<Map<Long, ?>> maps(DataRecordView record) {
    return Stream.of(
        record.continuousFeatures(),
        record.discreteFeatures(),
        record.stringFeatures(),
        record.sparseBinaryFeatures(),
        record.sparseContinuousFeatures(),
        record.blobFeatures(),
        record.tensors(),
        record.sparseTensors());
  }
}
