package io.embeddingexport.cli.peek;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.consumer.Origin;
import io.embeddingexport.datarecord.DataRecordReader;
import io.embeddingexport.datarecord.DataRecordView;
import io.embeddingexport.datarecord.MalformedRecordException;
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
 * @param model of a record, tombstone or dead letter, as its headers say
 * @param key the Kafka key, as it is printed: text, or {@code 0x} and hex
 * @param feature id that a record has a value for
 */
public record MessageFilter(@Nullable String model, @Nullable String key, @Nullable Long feature)
    implements Predicate<ConsumerRecord<byte[], byte[]>> {

  @Override
  public boolean test(ConsumerRecord<byte[], byte[]> message) {
    return (model == null || model.equals(model(message)))
        && (key == null || key.equals(BytesForm.text(message.key())))
        && (feature == null || hasFeature(message.value(), feature));
  }

  /** The model that a message's headers name; null if they name none. */
  static @Nullable String model(ConsumerRecord<byte[], byte[]> message) {
    Origin origin = Origin.of(message.headers());
    if (origin != null && origin.model() != null) {
      return origin.model();
    }
    Header header = message.headers().lastHeader(Envelope.MODEL_HEADER);
    return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
  }

  private static boolean hasFeature(byte @Nullable [] value, long feature) {
    if (value == null) {
      return false;
    }
    try {
      DataRecordView record = DataRecordReader.read(value);
      return record.binaryFeatures().contains(feature)
          || maps(record).anyMatch(map -> map.containsKey(feature));
    } catch (MalformedRecordException e) {
      return false;
    }
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
