package io.embeddingexport.event.protobuf;

import com.google.protobuf.AnyProto;
import com.google.protobuf.ApiProto;
import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.SourceContextProto;
import com.google.protobuf.StructProto;
import com.google.protobuf.Timestamp;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.TypeProto;
import com.google.protobuf.WrappersProto;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files that every Protobuf compiler has, and the types in them that have a meaning here. */
public final class WellKnownTypes {
  static final int SECONDS = Timestamp.SECONDS_FIELD_NUMBER;
  static final int NANOS = Timestamp.NANOS_FIELD_NUMBER;

  /** By the name that imports have. */
  static final Map<String, FileDescriptor> FILES =
      Stream.of(
              AnyProto.getDescriptor(),
              ApiProto.getDescriptor(),
              DescriptorProtos.getDescriptor(),
              DurationProto.getDescriptor(),
              EmptyProto.getDescriptor(),
              FieldMaskProto.getDescriptor(),
              SourceContextProto.getDescriptor(),
              StructProto.getDescriptor(),
              TimestampProto.getDescriptor(),
              TypeProto.getDescriptor(),
              WrappersProto.getDescriptor())
          .collect(Collectors.toUnmodifiableMap(FileDescriptor::getName, Function.identity()));

  /** Whether a message is a point in time. */
  public static boolean isTimestamp(Descriptor message) {
    return message.getFullName().equals(Timestamp.getDescriptor().getFullName());
  }

  /** The value of a message that is only around one; null for any other message. */
  public static @Nullable FieldDescriptor wrapped(Descriptor message) {
    boolean wraps =
        WrappersProto.getDescriptor().getMessageTypes().stream()
            .anyMatch(wrapper -> wrapper.getFullName().equals(message.getFullName()));
    return wraps ? message.findFieldByNumber(1) : null;
  }

  private WellKnownTypes() {}
}
