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
  /** A null value: passes as it is. */
  TOMBSTONE(null),

  /** Ends in the middle. */
  TRUNCATED(RejectReason.UNDECODABLE),
  /** Bytes of no meaning. */
  GARBAGE(RejectReason.UNDECODABLE),
  /** A good event and one byte more. */
  TRAILING_BYTE(RejectReason.UNDECODABLE),
  UNKNOWN_MODEL(RejectReason.NO_KEY_CONFIG),
  ONE_TENSOR_TOO_MANY(RejectReason.ARITY),
  UNKNOWN_NAME(RejectReason.UNKNOWN_NAME),
  MISSING_NAME(RejectReason.MISSING_NAME),
  INTEGERS(RejectReason.DTYPE),
  OTHER_SHAPE(RejectReason.SHAPE),
  /** One element short, in a tensor that states no shape. */
  OTHER_SIZE(RejectReason.SIZE),
  NOT_A_NUMBER(RejectReason.NON_FINITE);

  private static final EventKind[] MALFORMED =
      Arrays.stream(values()).filter(kind -> kind.reason != null).toArray(EventKind[]::new);

  private final @Nullable RejectReason reason;

  EventKind(@Nullable RejectReason reason) {
    this.reason = reason;
  }

  /** Why its dead letter must say it was refused; null for what is not refused. */
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
   * Makes a good event this malformed, as far as that can be said in an event's fields.
   *
   * @param event by position, with every tensor of its model
   */
  void spoil(EmbeddingEvent event) {
    RawTypedTensor first = event.getTensors().get(0).getRawTypedTensor();
    switch (this) {
      case UNKNOWN_MODEL -> {
        event.setModel("no-such-model");
        // Of a model that is not known, a version that is stated is what is missing.
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
        // Spoiled in its bytes, or not at all.
      }
    }
  }

  /** Makes the bytes of an event this malformed, as far as it is a matter of bytes. */
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
