package io.embeddingexport.flink.types;

import io.embeddingexport.export.KeyConfigId;
import io.embeddingexport.export.Outcome;
import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.export.Outcome.Skipped;
import io.embeddingexport.export.Outcome.Tombstone;
import io.embeddingexport.export.RejectReason;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Decisions between operators that are not chained.
 *
 * <pre>
 * decision  = envelope ( 00 | 01 exported | 02 rejected | 03 tombstone | 04 )
 *                                                                   00: a tombstone for the job's topic
 *                                                                   04: skipped, since format 3
 * tombstone = output-topic:text                                     since format 2
 * exported  = record:bytes entity-id:i64 model:text version:i64 output-topic:nullable-text
 * rejected  = reason:text detail:text model:nullable-text version:i64
 * </pre>
 *
 * A reason is written as its label: the order of the enum may change, labels do not.
 *
 * @see BoundedBytes
 * @see EnvelopeSerializer
 */
final class DecisionSerializer extends ValueSerializer<Decision> {
  private static final long serialVersionUID = 1;

  static final DecisionSerializer INSTANCE = new DecisionSerializer();

  private static final int FORMAT = 3;

  private static final byte TOMBSTONE = 0;
  private static final byte EXPORTED = 1;
  private static final byte REJECTED = 2;
  private static final byte TOMBSTONE_FOR_TOPIC = 3;
  private static final byte SKIPPED = 4;

  private static final Map<String, RejectReason> REASONS =
      Arrays.stream(RejectReason.values())
          .collect(Collectors.toUnmodifiableMap(RejectReason::label, Function.identity()));

  private DecisionSerializer() {}

  @Override
  public Decision createInstance() {
    return new Decision(EnvelopeSerializer.INSTANCE.createInstance(), Tombstone.INSTANCE);
  }

  @Override
  public void serialize(Decision decision, DataOutputView out) throws IOException {
    EnvelopeSerializer.INSTANCE.serialize(decision.input(), out);
    Outcome outcome = decision.outcome();
    if (outcome instanceof Exported exported) {
      out.writeByte(EXPORTED);
      BoundedBytes.write(exported.record(), out);
      out.writeLong(exported.entityId());
      BoundedBytes.writeText(exported.model(), out);
      out.writeLong(exported.keyConfigVersion());
      BoundedBytes.writeNullableText(exported.outputTopic(), out);
    } else if (outcome instanceof Rejected rejected) {
      out.writeByte(REJECTED);
      BoundedBytes.writeText(rejected.reason().label(), out);
      BoundedBytes.writeText(rejected.detail(), out);
      BoundedBytes.writeNullableText(rejected.model(), out);
      out.writeLong(rejected.keyConfigVersion());
    } else if (outcome instanceof Tombstone tombstone && tombstone.outputTopic() != null) {
      out.writeByte(TOMBSTONE_FOR_TOPIC);
      BoundedBytes.writeText(tombstone.outputTopic(), out);
    } else if (outcome instanceof Skipped) {
      out.writeByte(SKIPPED);
    } else {
      out.writeByte(TOMBSTONE);
    }
  }

  @Override
  public Decision deserialize(DataInputView in) throws IOException {
    return new Decision(EnvelopeSerializer.INSTANCE.deserialize(in), readOutcome(in));
  }

  private static Outcome readOutcome(DataInputView in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case TOMBSTONE -> Tombstone.INSTANCE;
      case SKIPPED -> Skipped.INSTANCE;
      case TOMBSTONE_FOR_TOPIC -> new Tombstone(BoundedBytes.readText(in));
      case EXPORTED ->
          new Exported(
              BoundedBytes.read(in),
              in.readLong(),
              new KeyConfigId(BoundedBytes.readText(in), in.readLong()),
              BoundedBytes.readNullableText(in));
      case REJECTED ->
          new Rejected(
              readReason(in),
              BoundedBytes.readText(in),
              BoundedBytes.readNullableText(in),
              in.readLong());
      default -> throw new IOException("no outcome has number " + kind + "; the data are corrupt");
    };
  }

  private static RejectReason readReason(DataInputView in) throws IOException {
    String label = BoundedBytes.readText(in);
    RejectReason reason = REASONS.get(label);
    if (reason == null) {
      throw new IOException("no reject reason is called '" + label + "' in this release");
    }
    return reason;
  }

  private Object readResolve() {
    return INSTANCE;
  }

  @Override
  public TypeSerializerSnapshot<Decision> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Public because Flink creates it by name. */
  public static final class Snapshot extends VersionedSnapshot<Decision> {
    public Snapshot() {
      super(FORMAT, INSTANCE);
    }
  }
}
