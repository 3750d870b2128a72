package io.embeddingexport.cli.demo;

import io.embeddingexport.export.RejectReason;
import io.embeddingexport.thrift.DataType;
import io.embeddingexport.thrift.EmbeddingEvent;
import io.embeddingexport.thrift.GeneralTensor;
import io.embeddingexport.thrift.RawTypedTensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Kinds of events of the demo: good ones, tombstones, and each kind of malformed event. */
enum EventKind {
  /** Becomes a record. */
  GOOD(null),
  /** A null value: passes unchanged. */
  TOMBSTONE(null),

  /** Ends in the middle. */
  TRUNCATED(RejectReason.UNDECODABLE),
  /** Meaningless bytes. */
  GARBAGE(RejectReason.UNDECODABLE),
  /** A good event and an extra byte. */
  TRAILING_BYTE(RejectReason.UNDECODABLE),
  UNKNOWN_MODEL(RejectReason.NO_KEY_CONFIG),
  ONE_TENSOR_TOO_MANY(RejectReason.ARITY),
  UNKNOWN_NAME(RejectReason.UNKNOWN_NAME),
  MISSING_NAME(RejectReason.MISSING_NAME),
  INTEGERS(RejectReason.DTYPE),
  OTHER_SHAPE(RejectReason.SHAPE),
  /** One element short, in a tensor without a stated shape. */
  OTHER_SIZE(RejectReason.SIZE),
  NOT_A_NUMBER(RejectReason.NON_FINITE);

  private static final EventKind[] MALFORMED =
      Arrays.stream(values()).filter(kind -> kind.reason != null).toArray(EventKind[]::new);

  private final @Nullable RejectReason reason;

  EventKind(@Nullable RejectReason reason) {
    this.reason = reason;
  }

  /** The reason expected in its dead letter; null if it is not rejected. */
  @Nullable RejectReason reason() {
    return reason;
  }

  static int malformedKinds() {
    return MALFORMED.length;
  }

  /** Malformed kind number {@code i}, from 0. */
  static EventKind malformed(int i) {
    return MALFORMED[i];
  }

  /**
   * Makes a good event malformed in this way, if its fields can express it.
   *
   * @param event by position, with every tensor of its model
   */
  void spoil(EmbeddingEvent event) {
    RawTypedTensor first = event.getTensors().get(0).getRawTypedTensor();
    switch (this) {
      case UNKNOWN_MODEL -> {
        event.setModel("no-such-model");
        // A stated version would be the missing thing for an unknown model.
        event.unsetKeyConfigVersion();
      }
      case ONE_TENSOR_TOO_MANY -> {
        List<GeneralTensor> tensors = new ArrayList<>(event.getTensors());
        tensors.add(tensors.get(0));
        event.setTensors(tensors);
      }
      case UNKNOWN_NAME -> {
        event.setNamedTensors(Map.of("no-such-tensor", event.getTensors().get(0)));
        event.unsetTensors();
      }
      case MISSING_NAME -> {
        event.setNamedTensors(Map.of());
        event.unsetTensors();
      }
      case INTEGERS -> first.setDataType(DataType.INT32);
      case OTHER_SHAPE -> first.setShape(List.of(1L, first.getContent().length / 4L));
      case OTHER_SIZE -> {
        first.unsetShape();
        first.setContent(Arrays.copyOf(first.getContent(), first.getContent().length - 4));
      }
      case NOT_A_NUMBER -> {
        byte[] content = first.getContent();
        ByteBuffer.wrap(content).putInt(0, Integer.reverseBytes(0x7FC00000));
        first.setContent(content);
      }
      default -> {
        // Its bytes are changed, or nothing is.
      }
    }
  }

  /** Makes the bytes of an event malformed in this way, if bytes can express it. */
  byte[] spoil(byte[] event) {
    return switch (this) {
      case TRUNCATED -> Arrays.copyOf(event, event.length / 2);
      case GARBAGE -> {
        byte[] garbage = event.clone();
        for (int i = 0; i < garbage.length; i++) {
          garbage[i] ^= (byte) 0xA5;
        }
        yield garbage;
      }
      case TRAILING_BYTE -> Arrays.copyOf(event, event.length + 1);
      default -> event;
    };
  }
}
