package io.embeddingexport.flink.types;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Snapshot of a serializer without settings: only its class and format version. State written by a
 * later release is refused by name, not misread.
 */
public abstract class VersionedSnapshot<T> implements TypeSerializerSnapshot<T> {
  private final int version;
  private final TypeSerializer<T> serializer;

  protected VersionedSnapshot(int version, TypeSerializer<T> serializer) {
    this.version = version;
    this.serializer = serializer;
  }

  @Override
  public final int getCurrentVersion() {
    return version;
  }

  @Override
  public final void writeSnapshot(DataOutputView out) {
    // Flink itself writes the class and version.
  }

  @Override
  public final void readSnapshot(int readVersion, DataInputView in, ClassLoader classLoader)
      throws IOException {
    requireVersion(readVersion, version, serializer.getClass());
  }

  /** Refuses a format version outside 1 to {@code version}. */
  static void requireVersion(int readVersion, int version, Class<?> serializer) throws IOException {
    if (readVersion < 1 || readVersion > version) {
      throw new IOException(
          "state in format version "
              + readVersion
              + " of "
              + serializer.getSimpleName()
              + "; this release reads 1 to "
              + version
              + ": restore it with the release that wrote it, or a later one");
    }
  }

  @Override
  public final TypeSerializer<T> restoreSerializer() {
    return serializer;
  }

  @Override
  public final TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
      TypeSerializerSnapshot<T> old) {
    return old.getClass() == getClass()
        ? TypeSerializerSchemaCompatibility.compatibleAsIs()
        : TypeSerializerSchemaCompatibility.incompatible();
  }
}
