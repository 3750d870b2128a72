package io.embeddingexport.event.protobuf;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import io.embeddingexport.event.plan.InvalidSchemaException;
import io.embeddingexport.text.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads the schemas of messages: from a file, which is a {@code .proto} text or a descriptor set,
 * or from a registry's {@code .proto} texts.
 */
public final class ProtobufSchemas {
  /** How a descriptor set is made, which has the imported files, too. */
  static final String MAKE =
      "make a descriptor set with `protoc --include_imports --descriptor_set_out=FILE YOUR.proto`";

  private static final int SHOWN_NAMES = 20;

  /**
   * The message of that name in a file.
   *
   * @param source names the file in messages
   * @param file a {@code .proto} text, or a serialised {@code FileDescriptorSet}
   * @param message full name: {@code package.Message}
   */
  public static Descriptor ofFile(String source, byte[] file, String message)
      throws InvalidSchemaException {
    return find(source, files(source, file), message);
  }

  /**
   * The full names of a file's messages. Those of a descriptor set are in its last file: the one
   * that protoc was asked for.
   *
   * @param source names the file in messages
   * @param file as {@link #ofFile} takes it
   */
  public static List<String> messages(String source, byte[] file) throws InvalidSchemaException {
    List<FileDescriptor> built = files(source, file);
    return built.get(built.size() - 1).getMessageTypes().stream()
        .map(Descriptor::getFullName)
        .toList();
  }

  /**
   * Whether a schema's file is a text. A descriptor set is none: the bytes before its names and
   * numbers include control characters.
   */
  public static boolean isText(byte[] file) {
    for (byte one : file) {
      if (one >= 0 && one < ' ' && !Character.isWhitespace(one)) {
        return false;
      }
    }
    return file.length > 0;
  }

  private static List<FileDescriptor> files(String source, byte[] file)
      throws InvalidSchemaException {
    return isText(file)
        ? List.of(file(source, new String(file, UTF_8), Map.of()))
        : build(source, set(source, file));
  }

  private static List<FileDescriptorProto> set(String source, byte[] set)
      throws InvalidSchemaException {
    FileDescriptorSet files;
    try {
      files = FileDescriptorSet.parseFrom(set);
    } catch (InvalidProtocolBufferException e) {
      throw invalid(source, "is neither a .proto text nor a descriptor set; " + MAKE);
    }
    if (files.getFileCount() == 0) {
      throw invalid(source, "is empty; " + MAKE);
    }
    return files.getFileList();
  }

  /**
   * The message of a {@code .proto} text that a registry's message indexes name.
   *
   * @param imports the texts of its imports, and of theirs, by the names that imports have; {@code
   *     google/protobuf/*.proto} may be left out, as may those whose types are not used
   * @param indexes of a top-level message, of a message in that one, and so on; from 0
   */
  public static Descriptor ofText(
      String source, String text, Map<String, String> imports, List<Integer> indexes)
      throws InvalidSchemaException {
    List<Descriptor> messages = file(source, text, imports).getMessageTypes();
    Descriptor found = null;
    for (int index : indexes) {
      if (index < 0 || index >= messages.size()) {
        throw invalid(source, "has no message of indexes " + indexes + "; register its schema");
      }
      found = messages.get(index);
      messages = found.getNestedTypes();
    }
    if (found == null || found.getOptions().getMapEntry()) {
      throw invalid(source, "has no message of indexes " + indexes + "; register its schema");
    }
    return found;
  }

  private static FileDescriptor file(String source, String text, Map<String, String> imports)
      throws InvalidSchemaException {
    List<FileDescriptorProto> files = new ArrayList<>();
    for (Map.Entry<String, String> entry : imports.entrySet()) {
      if (!WellKnownTypes.FILES.containsKey(entry.getKey())) {
        files.add(ProtoText.parse(entry.getKey(), entry.getValue()));
      }
    }
    files.add(ProtoText.parse(source, text));
    List<FileDescriptor> built = build(source, files);
    return built.get(built.size() - 1);
  }

  /** Builds files in the order given, each after its imports. */
  private static List<FileDescriptor> build(String source, List<FileDescriptorProto> files)
      throws InvalidSchemaException {
    Map<String, FileDescriptorProto> byName = new LinkedHashMap<>();
    files.forEach(file -> byName.put(file.getName(), file));
    Map<String, FileDescriptor> built = new LinkedHashMap<>();
    List<FileDescriptor> result = new ArrayList<>();
    for (FileDescriptorProto file : files) {
      result.add(build(source, file, byName, built, 0));
    }
    return result;
  }

  private static FileDescriptor build(
      String source,
      FileDescriptorProto file,
      Map<String, FileDescriptorProto> files,
      Map<String, FileDescriptor> built,
      int depth)
      throws InvalidSchemaException {
    FileDescriptor done = built.get(file.getName());
    if (done != null) {
      return done;
    }
    if (depth > files.size()) {
      throw invalid(source, "has files that import each other: " + file.getName());
    }
    List<FileDescriptor> imports = new ArrayList<>();
    for (String name : file.getDependencyList()) {
      FileDescriptorProto imported = files.get(name);
      FileDescriptor known = WellKnownTypes.FILES.get(name);
      if (imported != null) {
        imports.add(build(source, imported, files, built, depth + 1));
      } else if (known != null) {
        imports.add(known);
      }
    }
    try {
      // An import that is missing matters only if a type of it is used.
      FileDescriptor result =
          FileDescriptor.buildFrom(file, imports.toArray(FileDescriptor[]::new), true);
      built.put(file.getName(), result);
      return result;
    } catch (DescriptorValidationException e) {
      throw invalid(source, e.getMessage() + "; correct the schema");
    }
  }

  private static Descriptor find(String source, List<FileDescriptor> files, String message)
      throws InvalidSchemaException {
    List<Descriptor> all = new ArrayList<>();
    files.forEach(file -> add(file.getMessageTypes(), all));
    for (Descriptor descriptor : all) {
      if (descriptor.getFullName().equals(message)) {
        return descriptor;
      }
    }
    List<String> names = all.stream().map(Descriptor::getFullName).toList();
    String near = Suggestion.of(message, names);
    String has = names.stream().limit(SHOWN_NAMES).collect(Collectors.joining(", "));
    throw invalid(
        source, "has no message " + message + (near.isEmpty() ? "; it has " + has : near));
  }

  private static void add(List<Descriptor> messages, List<Descriptor> all) {
    for (Descriptor message : messages) {
      if (!message.getOptions().getMapEntry()) {
        all.add(message);
        add(message.getNestedTypes(), all);
      }
    }
  }

  static InvalidSchemaException invalid(String source, String problem) {
    return new InvalidSchemaException(source, List.of(problem));
  }

  private ProtobufSchemas() {}
}
