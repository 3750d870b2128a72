package io.embeddingexport.event.kserve;

import io.embeddingexport.datarecord.Bytes;
import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.NameTable;
import io.embeddingexport.event.protobuf.ProtobufReader;
import io.embeddingexport.event.protobuf.WireType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads responses in Protobuf: {@code ModelInferResponse}.
 *
 * <pre>
 * message ModelInferResponse { string model_name = 1; string model_version = 2; string id = 3;
 *   repeated InferOutputTensor outputs = 5; repeated bytes raw_output_contents = 6; }
 * message InferOutputTensor { string name = 1; string datatype = 2; repeated int64 shape = 3;
 *   InferTensorContents contents = 5; }
 * </pre>
 *
 * <p>Outputs that are not wanted are only counted, since raw contents belong to outputs by
 * position.
 */
final class KserveProtobuf implements KserveResponse.Form {
  private static final int FIRST_TEXT = 1;
  private static final int LAST_TEXT = 3;
  private static final int OUTPUTS = 5;
  private static final int RAW_CONTENTS = 6;

  private static final int NAME = 1;
  private static final int DATATYPE = 2;
  private static final int SHAPE = 3;
  private static final int CONTENTS = 5;

  private final NameTable<Wanted> byName = new NameTable<>();
  private final List<Wanted> wanted;
  private final ProtobufReader in = new ProtobufReader();
  private final ProtobufReader output = new ProtobufReader();
  private final ProtobufReader shape = new ProtobufReader();
  private final KserveHeader skipped = new KserveHeader();

  private byte[] event = {};
  private int position;

  /** An output that is wanted, before its raw contents are known. */
  private static final class Wanted {
    private final String name;
    private final KserveHeader header = new KserveHeader();

    /** Which of the outputs it is; below 0 if the response does not have it. */
    private int index;

    private int contentsFrom;
    private int contentsTo;
    private int rawFrom;
    private int rawTo;

    Wanted(String name) {
      this.name = name;
    }
  }

  /**
   * @param names of the outputs that are wanted
   */
  KserveProtobuf(Set<String> names) {
    this.wanted = names.stream().map(Wanted::new).toList();
    wanted.forEach(output -> byName.put(output.name, output));
  }

  /** The names of the outputs, in their order. */
  static Set<String> names(byte[] event) throws BadEventException {
    Set<String> names = new LinkedHashSet<>();
    ProtobufReader in = new ProtobufReader();
    ProtobufReader output = new ProtobufReader();
    in.reset(event, 0, event.length);
    while (!in.isAtEnd()) {
      int tag = in.tag();
      if (WireType.field(tag) != OUTPUTS || WireType.of(tag) != WireType.LENGTH) {
        in.skip(tag);
        continue;
      }
      int length = in.length();
      output.reset(event, in.position(), in.position() + length);
      in.advance(length);
      String name = null;
      while (!output.isAtEnd()) {
        int field = output.tag();
        if (WireType.field(field) == NAME && WireType.of(field) == WireType.LENGTH) {
          int size = output.length();
          name = text(event, output.position(), size);
          output.advance(size);
        } else {
          output.skip(field);
        }
      }
      if (name != null) {
        names.add(name);
      }
    }
    return names;
  }

  @Override
  public KserveResponse read(byte[] bytes) throws BadEventException {
    event = bytes;
    position = 0;
    wanted.forEach(output -> output.index = -1);
    try {
      return read();
    } catch (BadEventException e) {
      throw new BadEventException("byte " + position + ": " + e.getMessage());
    }
  }

  private KserveResponse read() throws BadEventException {
    KserveResponse response = new KserveResponse();
    int outputs = 0;
    int raws = 0;
    in.reset(event, 0, event.length);
    while (!in.isAtEnd()) {
      position = in.position();
      int tag = in.tag();
      int field = WireType.field(tag);
      if (WireType.of(tag) != WireType.LENGTH) {
        in.skip(tag);
        continue;
      }
      int length = in.length();
      int at = in.position();
      if (field >= FIRST_TEXT && field <= LAST_TEXT) {
        response.text(field, text(event, at, length));
      } else if (field == OUTPUTS) {
        output(at, at + length, outputs++);
      } else if (field == RAW_CONTENTS) {
        raws++;
      }
      in.advance(length);
    }
    if (raws != 0 && raws != outputs) {
      throw new BadEventException(
          "raw_output_contents are " + raws + ", but outputs are " + outputs);
    }
    if (raws != 0) {
      findRaw();
    }
    for (Wanted found : wanted) {
      if (found.index >= 0) {
        response.add(output(found, raws != 0));
      }
    }
    return response;
  }

  /** Finds the raw contents of outputs, which may even be sent before them. */
  private void findRaw() throws BadEventException {
    in.reset(event, 0, event.length);
    int raw = 0;
    while (!in.isAtEnd()) {
      int tag = in.tag();
      if (WireType.field(tag) != RAW_CONTENTS || WireType.of(tag) != WireType.LENGTH) {
        in.skip(tag);
        continue;
      }
      int length = in.length();
      for (Wanted found : wanted) {
        if (found.index == raw) {
          found.rawFrom = in.position();
          found.rawTo = in.position() + length;
        }
      }
      raw++;
      in.advance(length);
    }
  }

  private static String text(byte[] event, int at, int length) throws BadEventException {
    String text = Bytes.of(event, at, length).utf8();
    if (text == null) {
      throw new BadEventException("a text is not UTF-8");
    }
    return text;
  }

  /** Reads an output up to its elements; remembers it if it is wanted. */
  private void output(int from, int to, int index) throws BadEventException {
    // Its name may follow what it says of itself.
    Wanted found = find(from, to);
    if (found != null && found.index >= 0) {
      throw new BadEventException("output " + found.name + " is given twice; send it once");
    }
    KserveHeader header = found == null ? skipped : found.header;
    header.clear();
    int contentsFrom = -1;
    int contentsTo = -1;
    output.reset(event, from, to);
    while (!output.isAtEnd()) {
      int tag = output.tag();
      int field = WireType.field(tag);
      if (field == SHAPE && WireType.of(tag) == WireType.VARINT) {
        header.dim(output.varint());
      } else if (WireType.of(tag) != WireType.LENGTH) {
        output.skip(tag);
      } else {
        int size = output.length();
        int at = output.position();
        if (field == DATATYPE) {
          header.type(KserveType.BY_NAME.find(event, at, at + size));
        } else if (field == SHAPE) {
          shape.reset(event, at, at + size);
          while (!shape.isAtEnd()) {
            header.dim(shape.varint());
          }
        } else if (field == CONTENTS) {
          contentsFrom = at;
          contentsTo = at + size;
        }
        output.advance(size);
      }
    }
    if (found != null) {
      header.name(found.name);
      found.index = index;
      found.contentsFrom = contentsFrom;
      found.contentsTo = contentsTo;
    }
  }

  /** The output of the name that these bytes have last; null if it is not wanted. */
  private @Nullable Wanted find(int from, int to) throws BadEventException {
    Wanted found = null;
    output.reset(event, from, to);
    while (!output.isAtEnd()) {
      int tag = output.tag();
      if (WireType.field(tag) == NAME && WireType.of(tag) == WireType.LENGTH) {
        int size = output.length();
        int at = output.position();
        found = byName.find(event, at, at + size);
        output.advance(size);
      } else {
        output.skip(tag);
      }
    }
    return found;
  }

  private KserveOutput output(Wanted found, boolean isRaw) throws BadEventException {
    KserveType type = found.header.requireType();
    if (isRaw) {
      return KserveOutput.of(found.header, type.element(), event, found.rawFrom, found.rawTo);
    }
    KserveContents contents = new KserveContents(event, type);
    if (found.contentsFrom >= 0) {
      try {
        contents.read(found.contentsFrom, found.contentsTo);
      } catch (BadEventException e) {
        throw new BadEventException("output " + found.name + ": " + e.getMessage());
      }
    }
    return KserveOutput.of(
        found.header, type.element(), contents.payload(), contents.from(), contents.to());
  }
}
