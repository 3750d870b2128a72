package io.embeddingexport.cli.samples;

import io.embeddingexport.export.RejectReason;
import io.embeddingexport.thrift.DataType;
import io.embeddingexport.thrift.EmbeddingEvent;
import io.embeddingexport.thrift.RawTypedTensor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Ways to spoil a good event in Thrift that gives its tensors by position. */
public enum MalformedKind {
  /** Ends in the middle. */
  TRUNCATED(RejectReason.UNDECODABLE, event -> {}, bytes -> Arrays.copyOf(bytes, bytes.length / 2)),
  /** Meaningless bytes. */
  GARBAGE(RejectReason.UNDECODABLE, event -> {}, MalformedKind::garbage),
  /** A good event and an extra byte. */
  TRAILING_BYTE(
      RejectReason.UNDECODABLE, event -> {}, bytes -> Arrays.copyOf(bytes, bytes.length + 1)),
  /** It names no version: that would be the missing thing. */
  UNKNOWN_MODEL(
      RejectReason.NO_KEY_CONFIG, event -> event.setModel("no-such-model").unsetKeyConfigVersion()),
  ONE_TENSOR_TOO_MANY(RejectReason.ARITY, event -> event.addToTensors(event.getTensors().get(0))),
  UNKNOWN_NAME(
      RejectReason.UNKNOWN_NAME,
      event ->
          event
              .setNamedTensors(Map.of("no-such-tensor", event.getTensors().get(0)))
              .unsetTensors()),
  MISSING_NAME(RejectReason.MISSING_NAME, event -> event.setNamedTensors(Map.of()).unsetTensors()),
  INTEGERS(RejectReason.DTYPE, event -> first(event).setDataType(DataType.INT32)),
  OTHER_SHAPE(
      RejectReason.SHAPE,
      event -> first(event).setShape(List.of(1L, first(event).getContent().length / 4L))),
  /** One element short, in a tensor without a stated shape. */
  OTHER_SIZE(RejectReason.SIZE, MalformedKind::shorten),
  NOT_A_NUMBER(RejectReason.NON_FINITE, MalformedKind::putNan);

  private final RejectReason reason;
  private final Consumer<EmbeddingEvent> fields;
  private final UnaryOperator<byte[]> bytes;

  MalformedKind(RejectReason reason, Consumer<EmbeddingEvent> fields, UnaryOperator<byte[]> bytes) {
    this.reason = reason;
    this.fields = fields;
    this.bytes = bytes;
  }

  MalformedKind(RejectReason reason, Consumer<EmbeddingEvent> fields) {
    this(reason, fields, UnaryOperator.identity());
  }

  /** The reason expected in its dead letter. */
  public RejectReason reason() {
    return reason;
  }

  /**
   * The message's value.
   *
   * @param event gives its tensors by position; {@link #NOT_A_NUMBER} takes effect only if its
   *     first tensor refuses NaN
   * @param eventTimeMillis since the epoch
   */
  public byte[] write(SampleEvent event, long eventTimeMillis) {
    EmbeddingEvent struct = ThriftSampleFormat.struct(event, eventTimeMillis);
    fields.accept(struct);
    return bytes.apply(new ThriftSampleFormat().bytes(struct));
  }

  private static RawTypedTensor first(EmbeddingEvent event) {
    return event.getTensors().get(0).getRawTypedTensor();
  }

  private static byte[] garbage(byte[] event) {
    byte[] garbage = event.clone();
    for (int i = 0; i < garbage.length; i++) {
      garbage[i] ^= (byte) 0xA5;
    }
    return garbage;
  }

  private static void shorten(EmbeddingEvent event) {
    RawTypedTensor first = first(event);
    first.unsetShape();
    first.setContent(Arrays.copyOf(first.getContent(), first.getContent().length - 4));
  }

  private static void putNan(EmbeddingEvent event) {
    byte[] content = first(event).getContent();
    ByteBuffer.wrap(content).putInt(0, Integer.reverseBytes(0x7FC00000));
    first(event).setContent(content);
  }
}
