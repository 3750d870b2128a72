package io.embeddingexport.flink.types;

import io.embeddingexport.datarecord.Bytes;
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
import org.jspecify.annotations.Nullable;

/**
 * Decisions between operators that are not chained.
 *
 * <pre>
 * decision  = envelope [06 item:i32] ( 00 | 01 exported | 02 rejected | 03 tombstone | 04 | 05 named | 07 keyed )
 *                                                                   00: a tombstone for the job's topic
 *                                                                   04: skipped, since format 3
 *                                                                   05, 06: since format 4
 * tombstone = output-topic:text                                     since format 2
 * keyed     = key:bytes output-topic:nullable-text                  since format 5: a tombstone
 * named     = entity-name:bytes exported                            since format 4
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

  private static final int FORMAT = 5;

  private static final byte TOMBSTONE = 0;
  private static final byte EXPORTED = 1;
  private static final byte REJECTED = 2;
  private static final byte TOMBSTONE_FOR_TOPIC = 3;
  private static final byte SKIPPED = 4;
  private static final byte EXPORTED_BY_NAME = 5;
  private static final byte ITEM = 6;
  private static final byte TOMBSTONE_WITH_KEY = 7;

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
    if (decision.item() != Decision.WHOLE) {
      out.writeByte(ITEM);
      out.writeInt(decision.item());
    }
    Outcome outcome = decision.outcome();
    if (outcome instanceof Exported exported) {
      if (exported.entityName() == null) {
        out.writeByte(EXPORTED);
      } else {
        out.writeByte(EXPORTED_BY_NAME);
        BoundedBytes.write(exported.entityName(), out);
      }
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
    } else if (outcome instanceof Tombstone tombstone && tombstone.key() != null) {
      out.writeByte(TOMBSTONE_WITH_KEY);
      BoundedBytes.write(tombstone.key().toArray(), out);
      BoundedBytes.writeNullableText(tombstone.outputTopic(), out);
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
    Envelope input = EnvelopeSerializer.INSTANCE.deserialize(in);
    byte kind = in.readByte();
    if (kind != ITEM) {
      return new Decision(input, readOutcome(kind, in));
    }
    int item = in.readInt();
    return new Decision(input, readOutcome(in.readByte(), in), item);
  }

  private static Outcome readOutcome(byte kind, DataInputView in) throws IOException {
    return switch (kind) {
      case TOMBSTONE -> Tombstone.INSTANCE;
      case SKIPPED -> Skipped.INSTANCE;
      case TOMBSTONE_FOR_TOPIC -> new Tombstone(BoundedBytes.readText(in));
      case TOMBSTONE_WITH_KEY -> {
        Bytes key = Bytes.of(BoundedBytes.read(in));
        yield new Tombstone(BoundedBytes.readNullableText(in), key);
      }
      case EXPORTED -> readExported(null, in);
      case EXPORTED_BY_NAME -> readExported(BoundedBytes.read(in), in);
      case REJECTED ->
          new Rejected(
              readReason(in),
              BoundedBytes.readText(in),
              BoundedBytes.readNullableText(in),
              in.readLong());
      default -> throw new IOException("no outcome has number " + kind + "; the data are corrupt");
    };
  }

  private static Exported readExported(byte @Nullable [] entityName, DataInputView in)
      throws IOException {
    return new Exported(
        BoundedBytes.read(in),
        in.readLong(),
        entityName,
        new KeyConfigId(BoundedBytes.readText(in), in.readLong()),
        BoundedBytes.readNullableText(in));
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
