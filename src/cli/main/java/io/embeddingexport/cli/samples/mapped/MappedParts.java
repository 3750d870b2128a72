package io.embeddingexport.cli.samples.mapped;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.cli.samples.SampleEvent;
import io.embeddingexport.cli.samples.mapped.SampleValue.Elements;
import io.embeddingexport.cli.samples.mapped.SampleValue.EntityId;
import io.embeddingexport.cli.samples.mapped.SampleValue.Fields;
import io.embeddingexport.cli.samples.mapped.SampleValue.OtherThan;
import io.embeddingexport.cli.samples.mapped.SampleValue.Text;
import io.embeddingexport.cli.samples.mapped.SampleValue.Time;
import io.embeddingexport.cli.samples.mapped.SampleValue.Whole;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.event.mapping.EventMapping;
import io.embeddingexport.event.mapping.EventMapping.AllIn;
import io.embeddingexport.event.mapping.EventMapping.DeletionMark;
import io.embeddingexport.event.mapping.EventMapping.Listed;
import io.embeddingexport.event.mapping.FieldPath;
import io.embeddingexport.event.mapping.FieldPath.Field;
import io.embeddingexport.event.mapping.TensorSource;
import io.embeddingexport.event.mapping.ValueSource;
import io.embeddingexport.event.mapping.ValueSource.AtPath;
import io.embeddingexport.event.mapping.ValueSource.FromHeader;
import io.embeddingexport.event.mapping.ValueSource.Part;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts the parts of one event where the mapping has them. Not thread-safe. */
final class MappedParts {
  private final ValueTree tree = new ValueTree();
  private final Map<String, byte[]> headers = new LinkedHashMap<>();
  private byte @Nullable [] key;
  private byte @Nullable [] value;

  private MappedParts() {}

  /**
   * @param millis the event's time, since the epoch
   */
  static MappedParts of(EventMapping mapping, SampleEvent event, long millis) {
    MappedParts parts = new MappedParts();
    parts.put(mapping.entityId(), new EntityId(event.entityId(), mapping.entityIdForm()));
    parts.put(mapping.model(), new Text(event.config().model()));
    parts.put(mapping.eventTime(), new Time(millis, mapping.eventTimeUnit()));
    if (event.statesVersion()) {
      parts.put(mapping.keyConfigVersion(), new Whole(event.config().version()));
    }
    DeletionMark deletion = mapping.deletion();
    if (deletion != null) {
      parts.put(deletion.source(), new OtherThan(deletion.value()));
    }
    parts.put(mapping, event.tensors());
    return parts;
  }

  private void put(EventMapping mapping, Map<String, Tensor> tensors) {
    if (mapping.tensors() instanceof AllIn all) {
      tensors.forEach(
          (name, tensor) -> {
            AtPath path = new AtPath(new FieldPath(List.of(new Field(name))).in(all.path()));
            put(new TensorSource(name, path), tensor);
          });
      return;
    }
    for (TensorSource source : ((Listed) mapping.tensors()).tensors()) {
      Tensor tensor = tensors.get(source.name());
      if (tensor != null) {
        put(source, tensor);
      }
    }
  }

  private void put(TensorSource source, Tensor tensor) {
    put(source.source(), new Elements(new SampleElements(tensor, source)));
  }

  private void put(@Nullable ValueSource source, SampleValue part) {
    if (source instanceof AtPath at) {
      tree.put(at.path(), part);
    } else if (source instanceof FromHeader header) {
      headers.put(header.name(), bytes(part));
    } else if (source == Part.KEY) {
      key = bytes(part);
    } else if (source == Part.VALUE) {
      value = bytes(part);
    }
    // The topic and a constant are as they are.
  }

  private static byte[] bytes(SampleValue part) {
    // A time whose unit the mapping states is a number.
    byte[] bytes =
        part instanceof Time time && time.unit() != null
            ? time.number(time.unit()).toString().getBytes(UTF_8)
            : part.bytes();
    return Objects.requireNonNull(bytes, "a mapping takes no such part from there");
  }

  /** The values that have paths. */
  Fields fields() {
    return tree.root();
  }

  /** By name, in UTF-8. */
  Map<String, byte[]> headers() {
    return headers;
  }

  /** Null if the mapping takes nothing from the Kafka key. */
  byte @Nullable [] key() {
    return key;
  }

  /** The message's whole value; null if the mapping takes its parts by paths. */
  byte @Nullable [] value() {
    return value;
  }
}
