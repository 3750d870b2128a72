package io.embeddingexport.flink;

import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.flink.types.EnvelopeTypeInfo;
import io.embeddingexport.flink.types.VersionedSnapshot;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;

/**
 * The name under which savepoints of earlier builds have the serializer of envelopes. They kept
 * refused key configs in state; nothing writes this any more.
 */
final class EnvelopeSerializer {
  private static final int FORMAT = 1;

  /** Public for Flink, which creates it by its name. */
  public static final class Snapshot extends VersionedSnapshot<Envelope> {
    public Snapshot() {
      super(FORMAT, EnvelopeTypeInfo.INSTANCE.createSerializer(new SerializerConfigImpl()));
    }
  }

  private EnvelopeSerializer() {}
}
